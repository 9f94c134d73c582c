#include "diagnostics/change.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "stats/metrics.h"
#include "survey/dates.h"
#include "survey/waves.h"

namespace canvass {
namespace {

// A quantity as it was in an earlier wave.
struct EarlierEstimate {
  double wave = 0.0;
  double observed = 0.0;
  double variance = 0.0;  // by sampling, 0 if unknown
};

// Finds the earlier answers of one survey.
class EarlierItems {
 public:
  EarlierItems(const Survey& known, const Survey& observed)
      : known_(known),
        index_(known),
        earlier_(earlierWaves(observed.populations, known.populations)) {}

  std::optional<EarlierEstimate> find(const Question& question, const Quantity& quantity,
                                      std::size_t population, std::optional<double> assumed) const {
    const auto asked = index_.question(question.id);
    if (!asked || labelsOf(known_.questions[*asked]) != labelsOf(question)) return std::nullopt;
    for (const std::size_t wave : earlier_[population]) {
      const auto found = index_.item(*asked, wave);
      if (!found || !known_.items[*found].observed) continue;
      const Item& item = known_.items[*found];
      const double value = std::inner_product(quantity.weights.begin(), quantity.weights.end(),
                                              item.observed->begin(), 0.0);
      const auto variance = samplingVarianceOf(item, quantity, value, assumed);
      return EarlierEstimate{*waveOf(known_.populations[wave]), value, variance.value_or(0.0)};
    }
    return std::nullopt;
  }

 private:
  const Survey& known_;
  SurveyIndex index_;
  std::vector<std::vector<std::size_t>> earlier_;
};

class ChangeSums {
 public:
  explicit ChangeSums(std::size_t items) : columns_(6, ItemColumn(items, 0.0)) {}

  void add(const Estimate& one, const EarlierEstimate& earlier) {
    const double predicted = one.predicted - earlier.observed;
    const double observed = one.observed - earlier.observed;
    const double noise = one.samplingVariance.value_or(0.0);
    // The earlier wave's sampling is in both changes.
    columns_[0][one.row] += predicted * observed - earlier.variance;
    columns_[1][one.row] += predicted * predicted - earlier.variance;
    const double error = one.predicted - one.observed;
    columns_[2][one.row] += error * error - noise;
    columns_[3][one.row] += observed * observed - noise - earlier.variance;
    ++count_;
    if (std::abs(predicted) <= 1.96 * std::sqrt(noise + earlier.variance) + 1e-12) return;
    ++called_;
    columns_[4][one.row] += observed == 0.0 ? 0.5 : (predicted > 0) != (observed > 0) ? 1.0 : 0.0;
    columns_[5][one.row] += 1.0;
  }

  std::vector<FigureDraft> drafts() const {
    if (count_ == 0) return {};
    std::vector<FigureDraft> drafts{
        ratioDraft("change_slope", count_, columns_[0], columns_[1]),
        ratioDraft("change_skill", count_, columns_[2], columns_[3]),
        ratioDraft("change_sign_errors", called_, columns_[4], columns_[5])};
    drafts[1].function = [ratio = std::move(drafts[1].function)](std::span<const double> means) {
      return 1.0 - ratio(means);
    };
    drafts[1].highest = 1.0;
    drafts[2].lowest = 0.0;
    drafts[2].highest = 1.0;
    return drafts;
  }

 private:
  std::size_t count_ = 0;
  std::size_t called_ = 0;  // predicted to have changed
  std::vector<ItemColumn> columns_;
};

}  // namespace

std::vector<FigureDraft> changeFigures(const Survey& observed, const Estimates& estimates,
                                       std::span<const Survey* const> known,
                                       std::optional<double> assumedRespondents) {
  std::vector<EarlierItems> surveys;
  for (const Survey* survey : known) surveys.emplace_back(*survey, observed);
  ChangeSums sums(estimates.items);
  for (const std::vector<Estimate>& ofQuantity : estimates.byQuantity) {
    for (const Estimate& one : ofQuantity) {
      const Quantity& quantity = estimates.quantities[one.quantity];
      std::optional<EarlierEstimate> latest;
      for (const EarlierItems& survey : surveys) {
        const auto found = survey.find(observed.questions[quantity.question], quantity,
                                       one.population, assumedRespondents);
        if (found && (!latest || found->wave > latest->wave)) latest = found;
      }
      if (latest) sums.add(one, *latest);
    }
  }
  return sums.drafts();
}

std::optional<FigureDraft> cutoffFigure(const Survey& observed, std::span<const MatchedItem> items,
                                        const std::string& cutoff) {
  std::vector<ItemColumn> columns(4, ItemColumn(items.size(), 0.0));
  std::size_t before = 0;
  std::size_t after = 0;
  for (std::size_t row = 0; row < items.size(); ++row) {
    const Item& item = observed.items[items[row].item];
    const std::string& ofPopulation = observed.populationOf(item).date;
    const DateOrder order =
        orderOf(ofPopulation.empty() ? observed.questionOf(item).date : ofPopulation, cutoff);
    if (order == DateOrder::unclear) continue;
    const bool isBefore = order == DateOrder::before;
    ++(isBefore ? before : after);
    columns[isBefore ? 0 : 2][row] = jsSimilarity(*item.observed, items[row].predicted);
    columns[isBefore ? 1 : 3][row] = 1.0;
  }
  if (before == 0 || after == 0) return std::nullopt;
  FigureDraft draft{.kind = "cutoff_difference", .count = before + after};
  draft.columns = std::move(columns);
  draft.function = [](std::span<const double> means) {
    return means[0] / means[1] - means[2] / means[3];
  };
  return draft;
}

}  // namespace canvass
