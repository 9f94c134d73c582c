#include "diagnostics/closeness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/random.h"
#include "diagnostics/estimates.h"
#include "stats/metrics.h"
#include "stats/multinomial.h"
#include "stats/share_estimates.h"

namespace canvass {
namespace {

double largestCumulativeDifference(const Distribution& p, const Distribution& q) {
  double difference = 0.0;
  double largest = 0.0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    difference += p[k] - q[k];
    largest = std::max(largest, std::abs(difference));
  }
  return largest;
}

FigureDraft simBenchScore(ItemColumn ofPredicted, ItemColumn ofUniform) {
  const std::size_t count = ofPredicted.size();
  FigureDraft draft = ratioDraft("simbench", count, std::move(ofPredicted), std::move(ofUniform));
  draft.function = [ratio = std::move(draft.function)](std::span<const double> means) {
    return 100.0 * (1.0 - ratio(means));
  };
  draft.highest = 100.0;
  return draft;
}

// Shares of an item that are within the margins of a sample.
struct WithinMargin {
  double shares = 0.0;
  double items = 0.0;  // 1 if all shares are

  void add(const Distribution& sample, const Distribution& predicted, double respondents,
           double weight) {
    bool all = true;
    for (std::size_t k = 0; k < sample.size(); ++k) {
      const double margin = 1.959963984540054 * standardErrorOf(sample[k], respondents);
      const bool within = std::abs(sample[k] - predicted[k]) <= margin + 1e-12;
      shares += within ? weight : 0.0;
      all = all && within;
    }
    items += all ? weight : 0.0;
  }
};

// Of samples of the observed shares, with margins of their own, that hold the observed shares.
WithinMargin ofPerfect(const Distribution& shares, double respondents, std::size_t draws,
                       RandomStream& random) {
  WithinMargin result;
  std::vector<std::uint64_t> counts(shares.size());
  Distribution sample(shares.size());
  const auto size = static_cast<std::uint64_t>(std::max(std::round(respondents), 1.0));
  for (std::size_t draw = 0; draw < draws; ++draw) {
    drawSample(shares, size, random, counts);
    for (std::size_t k = 0; k < counts.size(); ++k) {
      sample[k] = static_cast<double>(counts[k]) / static_cast<double>(size);
    }
    result.add(sample, shares, static_cast<double>(size), 1.0 / static_cast<double>(draws));
  }
  return result;
}

FigureDraft marginDraft(std::string_view kind, double count, ItemColumn within, ItemColumn all,
                        double perfect) {
  FigureDraft draft =
      ratioDraft(kind, static_cast<std::size_t>(count), std::move(within), std::move(all));
  draft.reference = perfect / count;
  draft.lowest = 0.0;
  draft.highest = 1.0;
  return draft;
}

}  // namespace

std::vector<FigureDraft> closenessFigures(const Survey& observed,
                                          std::span<const MatchedItem> items) {
  ItemColumn distances;
  ItemColumn uniform;
  ItemColumn overlaps;
  ItemColumn cumulative;
  ItemColumn isOrdered;
  const ItemColumn ones(items.size(), 1.0);
  for (const MatchedItem& matched : items) {
    const Item& item = observed.items[matched.item];
    const Distribution& shares = *item.observed;
    const bool ordered = observed.questionOf(item).scale != Scale::nominal;
    distances.push_back(tvd(shares, matched.predicted));
    overlaps.push_back(1.0 - distances.back());
    uniform.push_back(tvd(shares, uniformDistribution(shares.size())));
    isOrdered.push_back(ordered ? 1.0 : 0.0);
    cumulative.push_back(ordered ? largestCumulativeDifference(shares, matched.predicted) : 0.0);
  }
  const auto ordered = static_cast<std::size_t>(std::ranges::count(isOrdered, 1.0));
  std::vector<FigureDraft> drafts{simBenchScore(distances, uniform),
                                  ratioDraft("overlap", items.size(), overlaps, ones),
                                  ratioDraft("ks", ordered, cumulative, isOrdered)};
  for (FigureDraft& draft : std::span(drafts).subspan(1)) draft.lowest = 0.0, draft.highest = 1.0;
  return drafts;
}

std::vector<FigureDraft> marginFigures(const Survey& observed, std::span<const MatchedItem> items,
                                       const MarginOptions& options) {
  ItemColumn withinShares(items.size(), 0.0);
  ItemColumn withinItems(items.size(), 0.0);
  ItemColumn shares(items.size(), 0.0);
  ItemColumn counted(items.size(), 0.0);
  WithinMargin perfect;
  double shareCount = 0.0;
  double itemCount = 0.0;
  const std::size_t draws =
      std::clamp<std::size_t>(options.draws / std::max<std::size_t>(items.size(), 1), 8, 200);
  for (std::size_t row = 0; row < items.size(); ++row) {
    const Item& item = observed.items[items[row].item];
    const auto size = effectiveSizeOf(item, options.assumedRespondents);
    if (!size) continue;
    WithinMargin found;
    found.add(*item.observed, items[row].predicted, *size, 1.0);
    RandomStream random(options.seed, fmt::format("margin, {}, {}", observed.questionOf(item).id,
                                                  observed.populationOf(item).id));
    const WithinMargin best = ofPerfect(*item.observed, *size, draws, random);
    perfect.shares += best.shares;
    perfect.items += best.items;
    withinShares[row] = found.shares;
    withinItems[row] = found.items;
    shares[row] = static_cast<double>(item.observed->size());
    counted[row] = 1.0;
    shareCount += shares[row];
    itemCount += 1.0;
  }
  if (itemCount == 0.0) return {};
  return {marginDraft("shares_within_margin", shareCount, withinShares, shares, perfect.shares),
          marginDraft("items_within_margin", itemCount, withinItems, counted, perfect.items)};
}

}  // namespace canvass
