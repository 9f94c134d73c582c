#include "stats/item_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/error.h"
#include "stats/metrics.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

// Turns a function of p and q into one of a Comparison.
template <auto function>
double ofShares(const Comparison& item) {
  return function(item.observed, item.predicted);
}

double emdOnScale(const Comparison& item) {
  return emd(item.observed, item.predicted, item.values);
}

double rankScore(const Comparison& item) { return rankAgreement(item.observed, item.predicted); }

double accuracy(const Comparison& item) { return topAgreement(item.observed, item.predicted); }

// The order is the order of every table and JSON object; the first is the headline.
constexpr std::array table = {
    ItemMetric{"js_similarity", "JS similarity", ofShares<jsSimilarity>, Better::higher,
               AppliesTo::everyScale},
    ItemMetric{"js_divergence_bits", "JS divergence (bits)", ofShares<jsDivergenceBits>,
               Better::lower, AppliesTo::everyScale},
    ItemMetric{"emd", "Earth mover's distance", emdOnScale, Better::lower,
               AppliesTo::orderedScales},
    ItemMetric{"emd_legacy", "EMD, legacy", ofShares<emdLegacy>, Better::lower,
               AppliesTo::everyScale},
    ItemMetric{"tvd", "Total variation", ofShares<tvd>, Better::lower, AppliesTo::everyScale},
    ItemMetric{"kl", "KL divergence", ofShares<kl>, Better::lower, AppliesTo::everyScale},
    ItemMetric{"accuracy", "Top option agrees", accuracy, Better::higher, AppliesTo::everyScale},
    ItemMetric{"entropy_error", "Entropy error (nats)", ofShares<entropyError>, Better::lower,
               AppliesTo::everyScale},
    ItemMetric{"rank_score", "Full ranking agrees", rankScore, Better::higher,
               AppliesTo::everyScale},
};

}  // namespace

std::vector<double> optionValues(const Question& question) {
  std::vector<double> values;
  if (question.scale == Scale::nominal) return values;
  for (const Option& option : question.options) {
    if (option.value) values.push_back(*option.value);
  }
  if (!values.empty() && values.size() != question.options.size()) {
    throw Error("some options have a value and others have none", {},
                "give all options a value, or none for equal gaps");
  }
  return values;
}

std::span<const ItemMetric> itemMetrics() { return table; }

std::size_t metricIndex(std::string_view name) {
  const auto found = std::ranges::find(table, name, &ItemMetric::name);
  if (found != table.end()) return static_cast<std::size_t>(found - table.begin());
  std::vector<std::string> known;
  for (const ItemMetric& metric : table) known.emplace_back(metric.name);
  throw Error(fmt::format("\"{}\" is not a metric", name), {}, choiceOf(name, known));
}

}  // namespace canvass
