#include "diagnostics/signs.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/random.h"
#include "survey/population_index.h"

namespace canvass {
namespace {

constexpr double certain = 1.959963984540054;  // standard errors, for 95%
constexpr double tie = 1e-12;

// The populations with which each has respondents in common.
class Related {
 public:
  explicit Related(const Survey& survey) {
    const PopulationIndex index(survey.populations);
    for (const Population& one : survey.populations) {
      const auto related = index.related(one);
      related_.emplace_back(related.begin(), related.end());
    }
  }

  bool areApart(const Estimate& a, const Estimate& b) const {
    return !related_[a.population].contains(b.population);
  }

 private:
  std::vector<std::set<std::size_t>> related_;
};

// Sums over pairs; what a pair adds is ascribed half to each of its two items.
class PairSums {
 public:
  explicit PairSums(std::size_t items)
      : called_(items, 0.0),
        reversed_(items, 0.0),
        clear_(items, 0.0),
        clearReversed_(items, 0.0),
        predicted_(items, 0.0),
        observed_(items, 0.0) {}

  void add(const Estimate& a, const Estimate& b) {
    const double predicted = a.predicted - b.predicted;
    const double observed = a.observed - b.observed;
    const double margin =
        certain * std::sqrt(a.samplingVariance.value_or(0.0) + b.samplingVariance.value_or(0.0));
    if (std::abs(predicted) <= margin + tie) return;
    ++count_;
    const double wrong = std::abs(observed) <= tie           ? 0.5
                         : (predicted > 0) != (observed > 0) ? 1.0
                                                             : 0.0;
    const auto split = [&](ItemColumn& column, double value) {
      column[a.row] += 0.5 * value;
      column[b.row] += 0.5 * value;
    };
    split(called_, 1.0);
    split(reversed_, wrong);
    if (std::abs(observed) > margin + tie) {
      ++clearCount_;
      split(clear_, 1.0);
      split(clearReversed_, wrong);
    }
    if (wrong == 0.0) {
      ++rightCount_;
      split(predicted_, std::abs(predicted));
      split(observed_, std::abs(observed));
    }
  }

  std::vector<FigureDraft> drafts() const {
    std::vector<FigureDraft> drafts{
        ratioDraft("sign_errors", count_, reversed_, called_),
        ratioDraft("clear_sign_errors", clearCount_, clearReversed_, clear_),
        ratioDraft("exaggeration", rightCount_, predicted_, observed_)};
    for (FigureDraft& draft : drafts) draft.lowest = 0.0, draft.populationsEach = 2.0;
    drafts[0].highest = drafts[1].highest = 1.0;
    return drafts;
  }

 private:
  std::size_t count_ = 0, clearCount_ = 0, rightCount_ = 0;
  ItemColumn called_, reversed_, clear_, clearReversed_, predicted_, observed_;
};

std::size_t pairsOf(const std::vector<Estimate>& estimates) {
  return estimates.size() * (estimates.size() - 1) / 2;
}

}  // namespace

std::vector<FigureDraft> signFigures(const Survey& observed, const Estimates& estimates,
                                     std::size_t mostPairs) {
  const Related related(observed);
  PairSums sums(estimates.items);
  std::size_t pairs = 0;
  for (const auto& ofQuantity : estimates.byQuantity) pairs += pairsOf(ofQuantity);
  const double kept =
      static_cast<double>(mostPairs) / static_cast<double>(std::max(pairs, mostPairs));
  RandomStream random(0, "pairs of populations");
  for (const std::vector<Estimate>& all : estimates.byQuantity) {
    const auto add = [&](std::size_t i, std::size_t j) {
      if (related.areApart(all[i], all[j])) sums.add(all[i], all[j]);
    };
    if (kept < 1.0) {
      const auto drawn = static_cast<std::size_t>(kept * static_cast<double>(pairsOf(all)));
      for (std::size_t d = 0; d < drawn; ++d) {
        const std::size_t i = random.below(all.size());
        const std::size_t j = random.below(all.size() - 1);
        add(i, j < i ? j : j + 1);
      }
      continue;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) add(i, j);
    }
  }
  return sums.drafts();
}

}  // namespace canvass
