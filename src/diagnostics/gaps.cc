#include "diagnostics/gaps.h"

#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace canvass {
namespace {

// The populations of one question that have the attribute, by its value.
using Levels = std::map<std::string, std::vector<const Estimate*>>;

Levels levelsOf(const Survey& survey, const std::vector<Estimate>& estimates,
                const std::string& attribute) {
  Levels levels;
  for (const Estimate& one : estimates) {
    const auto& attributes = survey.populations[one.population].attributes;
    const auto found = attributes.find(attribute);
    if (found != attributes.end()) levels[found->second].push_back(&one);
  }
  return levels;
}

struct Effect {
  double predicted = 0.0;
  double observed = 0.0;
  double noise = 0.0;  // the variance of the observed mean by sampling
};

Effect meanOf(const std::vector<const Estimate*>& members) {
  const double count = static_cast<double>(members.size());
  Effect mean;
  for (const Estimate* one : members) {
    mean.predicted += one->predicted / count;
    mean.observed += one->observed / count;
    mean.noise += one->samplingVariance.value_or(0.0) / (count * count);
  }
  return mean;
}

// Sums of products of main effects, every population with its group's.
class GapSums {
 public:
  explicit GapSums(std::size_t items) : columns_(3, ItemColumn(items, 0.0)) {}

  void add(const Levels& levels) {
    if (levels.size() < 2) return;
    std::vector<const Estimate*> all;
    for (const auto& [level, members] : levels)
      all.insert(all.end(), members.begin(), members.end());
    const Effect whole = meanOf(all);
    for (const auto& [level, members] : levels) {
      const double share = static_cast<double>(members.size()) / static_cast<double>(all.size());
      Effect effect = meanOf(members);
      effect.predicted -= whole.predicted;
      effect.observed -= whole.observed;
      effect.noise = effect.noise * (1.0 - 2.0 * share) + whole.noise;
      observedSquares_ += effect.observed * effect.observed * static_cast<double>(members.size());
      for (const Estimate* one : members) {
        columns_[0][one->row] += effect.predicted * effect.observed;
        columns_[1][one->row] += effect.observed * effect.observed - effect.noise;
        columns_[2][one->row] += effect.predicted * effect.predicted;
      }
    }
    count_ += all.size();
  }

  void addDrafts(const std::string& attribute, bool corrected, std::vector<FigureDraft>& drafts) {
    if (count_ == 0) return;
    double products = 0.0;
    double predictedSquares = 0.0;
    for (const double value : columns_[0]) products += value;
    for (const double value : columns_[2]) predictedSquares += value;
    FigureDraft slope = ratioDraft("gap_slope", count_, columns_[0], columns_[1]);
    FigureDraft correlation{.kind = "gap_correlation", .count = count_};
    correlation.columns = columns_;
    correlation.function = [](std::span<const double> means) {
      return means[1] > 0.0 && means[2] > 0.0 ? means[0] / std::sqrt(means[1] * means[2])
                                              : std::numeric_limits<double>::quiet_NaN();
    };
    correlation.lowest = -1.0;
    correlation.highest = 1.0;
    slope.group = correlation.group = attribute;
    if (corrected && observedSquares_ > 0.0) {
      slope.uncorrected = products / observedSquares_;
      correlation.uncorrected = products / std::sqrt(observedSquares_ * predictedSquares);
    }
    drafts.push_back(std::move(slope));
    drafts.push_back(std::move(correlation));
  }

 private:
  std::size_t count_ = 0;
  double observedSquares_ = 0.0;
  std::vector<ItemColumn> columns_;  // predicted x observed, observed squared, predicted squared
};

}  // namespace

std::vector<std::string> groupingAttributes(const Survey& survey,
                                            std::span<const MatchedItem> items) {
  std::set<std::size_t> populations;
  for (const MatchedItem& matched : items) {
    populations.insert(survey.items[matched.item].population);
  }
  std::map<std::string, std::map<std::string, std::size_t>> sizes;
  for (const std::size_t population : populations) {
    for (const auto& [name, value] : survey.populations[population].attributes) {
      ++sizes[name][value];
    }
  }
  std::vector<std::string> names;
  for (const auto& [name, levels] : sizes) {
    std::size_t members = 0;
    for (const auto& [value, count] : levels) members += count;
    if (levels.size() > 1 && members > levels.size()) names.push_back(name);
  }
  return names;
}

std::vector<FigureDraft> gapFigures(const Survey& observed, std::span<const MatchedItem> items,
                                    const Estimates& estimates) {
  std::vector<FigureDraft> drafts;
  for (const std::string& attribute : groupingAttributes(observed, items)) {
    GapSums sums(estimates.items);
    for (const std::vector<Estimate>& ofQuantity : estimates.byQuantity) {
      sums.add(levelsOf(observed, ofQuantity, attribute));
    }
    sums.addDrafts(attribute, estimates.itemsWithSize > 0, drafts);
  }
  return drafts;
}

}  // namespace canvass
