#include "weighting/weigh.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/list_text.h"
#include "weighting/sorted_cells.h"

namespace canvass {
namespace {

// How far counts of one population may differ between margins, relative: other sources, other days.
constexpr double countTolerance = 0.01;
// How close to a limit a weight is at it, relative.
constexpr double atLimit = 1e-9;

WeightSummary summaryOf(const std::vector<double>& weights) {
  double sum = 0.0;
  double squares = 0.0;
  WeightSummary summary;
  double smallest = 0.0;
  double largest = 0.0;
  std::size_t count = 0;
  for (const double weight : weights) {
    if (weight <= 0.0) continue;
    sum += weight;
    squares += weight * weight;
    smallest = count == 0 ? weight : std::min(smallest, weight);
    largest = std::max(largest, weight);
    ++count;
  }
  const double mean = sum / static_cast<double>(count);
  summary.effectiveSampleSize = sum * sum / squares;
  summary.designEffect = static_cast<double>(count) / summary.effectiveSampleSize;
  summary.smallest = smallest / mean;
  summary.largest = largest / mean;
  return summary;
}

class Weigher {
 public:
  Weigher(const Margins& margins, const ImportPlan& plan, const Respondents& respondents,
          const WeighOptions& options)
      : margins_(margins), options_(options), weights_(respondents.design.weights) {
    for (const Margin& margin : margins.margins) {
      sorted_.push_back(sortIntoCells(margin, margins.file, plan, respondents));
    }
  }

  Weighing run() {
    dropEmptyTargets();
    listUsed();
    setTargets();
    requireNoneEmpty();
    calibrateUsed();
    return std::move(result_);
  }

 private:
  // The share of a margin's cell in its sum.
  static double shareOf(const Margin& margin, std::size_t cell) {
    return margin.cells[cell].amount / margin.sum();
  }

  void dropEmptyTargets();
  void listUsed();
  void setTargets();
  double populationTotal() const;
  void addMargin(std::size_t margin, double total);
  void requireNoneEmpty() const;
  void calibrateUsed();
  void requireReached(const CalibratedWeights& calibration) const;
  void summarize(const std::vector<double>& used);

  const Margins& margins_;
  const WeighOptions& options_;
  std::vector<double> weights_;
  std::vector<std::vector<std::uint32_t>> sorted_;  // by margin, of each respondent
  std::vector<std::uint32_t> used_;                 // respondents with a weight above 0
  std::vector<double> base_;                        // of those
  CalibrationTargets targets_;
  std::vector<std::string> names_;        // of the targets' cells
  std::vector<std::size_t> respondents_;  // in them
  Weighing result_;
};

// Whoever is in a cell of which the population has none.
void Weigher::dropEmptyTargets() {
  std::size_t dropped = 0;
  for (std::size_t m = 0; m < sorted_.size(); ++m) {
    const std::vector<MarginCell>& cells = margins_.margins[m].cells;
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      const std::uint32_t cell = sorted_[m][i];
      if (cell >= cells.size() || cells[cell].amount > 0.0 || weights_[i] <= 0.0) continue;
      weights_[i] = 0.0;
      ++dropped;
    }
  }
  if (dropped == 0) return;
  result_.notes.push_back(fmt::format("{} in cells with the amount 0 get the weight 0",
                                      counted(dropped, "respondent")));
}

void Weigher::listUsed() {
  for (std::uint32_t i = 0; i < weights_.size(); ++i) {
    if (weights_[i] <= 0.0) continue;
    used_.push_back(i);
    base_.push_back(weights_[i]);
  }
  if (used_.empty()) throw Error("no respondent has a weight above 0", margins_.file);
  result_.respondents = used_.size();
}

double Weigher::populationTotal() const {
  if (!margins_.areCounts) return std::accumulate(base_.begin(), base_.end(), 0.0);
  const Margin& first = margins_.margins.front();
  for (const Margin& margin : margins_.margins) {
    if (std::abs(margin.sum() / first.sum() - 1.0) <= countTolerance) continue;
    throw Error(fmt::format("the counts of {} sum to {:.10g}, those of {} to {:.10g}", first.name(),
                            first.sum(), margin.name(), margin.sum()),
                margins_.file, "they must be of the same population; or give shares");
  }
  return first.sum();
}

// Targets are totals of weights, respondents without a value being a cell of their own.
void Weigher::addMargin(std::size_t m, double total) {
  const Margin& margin = margins_.margins[m];
  const auto first = static_cast<std::uint32_t>(targets_.totals.size());
  std::vector<std::uint32_t> indices(margin.cells.size() + 1, 0);
  double missing = 0.0;
  std::size_t without = 0;
  for (std::size_t u = 0; u < used_.size(); ++u) {
    if (sorted_[m][used_[u]] < margin.cells.size()) continue;
    missing += base_[u];
    ++without;
  }
  missing /= std::accumulate(base_.begin(), base_.end(), 0.0);
  if (without > 0 && !options_.keepMissing) {
    throw Error(
        fmt::format("{} without a value of {}", counted(without, "respondent"), margin.name()),
        margins_.file,
        "give them one in the mapping, or let them keep their share: --keep-missing");
  }
  for (std::size_t c = 0; c < margin.cells.size(); ++c) {
    if (margin.cells[c].amount <= 0.0) continue;
    indices[c] = static_cast<std::uint32_t>(targets_.totals.size());
    targets_.totals.push_back(total * (1.0 - missing) * shareOf(margin, c));
    names_.push_back(cellName(margin, margin.cells[c]));
  }
  if (without > 0) {
    indices.back() = static_cast<std::uint32_t>(targets_.totals.size());
    targets_.totals.push_back(total * missing);
    names_.push_back(margin.name() + ": (no value)");
  }
  std::vector<std::uint32_t> cells;
  for (const std::uint32_t i : used_) cells.push_back(indices[sorted_[m][i]]);
  respondents_.resize(targets_.totals.size(), 0);
  for (const std::uint32_t cell : cells) ++respondents_[cell];
  targets_.cells.push_back(std::move(cells));
  result_.cells.resize(targets_.totals.size());
  for (std::size_t c = first; c < targets_.totals.size(); ++c) {
    result_.cells[c].target = targets_.totals[c] / total;
  }
}

void Weigher::setTargets() {
  const double total = populationTotal();
  for (std::size_t m = 0; m < margins_.margins.size(); ++m) addMargin(m, total);
}

void Weigher::requireNoneEmpty() const {
  std::vector<std::string> empty;
  for (std::size_t c = 0; c < names_.size(); ++c) {
    if (respondents_[c] == 0) empty.push_back(names_[c]);
  }
  if (empty.empty()) return;
  throw Error(
      fmt::format("{} without a respondent: {}", counted(empty.size(), "cell"), listText(empty)),
      margins_.file, "combine them with others, in the mapping and in the margins");
}

void Weigher::requireReached(const CalibratedWeights& calibration) const {
  if (!calibration.missed) return;
  const auto& [cell, reached] = *calibration.missed;
  const CalibrationOptions& options = options_.calibration;
  const bool isBounded = options.ratio || options.trim;
  const double total = targets_.totals[cell] / result_.cells[cell].target;
  throw Error(
      fmt::format("no weights {}fit all margins: after {} the cell {} is at {:.2f}% instead of "
                  "{:.2f}%",
                  isBounded ? "within the bounds " : "", counted(calibration.steps, "step"),
                  names_[cell], 100.0 * reached / total, 100.0 * result_.cells[cell].target),
      margins_.file,
      isBounded ? "widen the bounds, or combine small cells"
                : "two margins contradict each other for the respondents there are: look for "
                  "combinations that no respondent has, and combine cells");
}

void Weigher::calibrateUsed() {
  const CalibratedWeights calibration = calibrate(base_, targets_, options_.calibration);
  requireReached(calibration);
  const auto negative =
      std::ranges::count_if(calibration.weights, [](double weight) { return weight < 0.0; });
  if (negative > 0) {
    throw Error(
        fmt::format("{} would be negative", counted(static_cast<std::size_t>(negative), "weight")),
        {}, "give bounds, --bounds 0.1,10, or use --method raking");
  }
  result_.steps = calibration.steps;
  summarize(calibration.weights);
  result_.weights.assign(weights_.size(), 0.0);
  for (std::size_t u = 0; u < used_.size(); ++u) {
    result_.weights[used_[u]] = calibration.weights[u];
  }
}

void Weigher::summarize(const std::vector<double>& used) {
  const double before = std::accumulate(base_.begin(), base_.end(), 0.0);
  const double after = std::accumulate(used.begin(), used.end(), 0.0);
  for (std::size_t c = 0; c < names_.size(); ++c) {
    result_.cells[c].name = names_[c];
    result_.cells[c].respondents = respondents_[c];
  }
  for (const auto& partition : targets_.cells) {
    for (std::size_t u = 0; u < used.size(); ++u) {
      result_.cells[partition[u]].before += base_[u] / before;
      result_.cells[partition[u]].after += used[u] / after;
    }
  }
  result_.before = summaryOf(base_);
  result_.after = summaryOf(used);
  const CalibrationOptions& options = options_.calibration;
  const double mean = after / static_cast<double>(used.size());
  const auto isAt = [](double value, const std::optional<WeightRange>& range) {
    return range &&
           (value <= range->low * (1.0 + atLimit) || value >= range->high * (1.0 - atLimit));
  };
  for (std::size_t u = 0; u < used.size(); ++u) {
    const double ratio = used[u] / base_[u] * before / after;
    if (isAt(ratio, options.ratio) || isAt(used[u] / mean, options.trim)) ++result_.atBounds;
  }
}

}  // namespace

Weighing weigh(const Margins& margins, const ImportPlan& plan, const Respondents& respondents,
               const WeighOptions& options) {
  return Weigher(margins, plan, respondents, options).run();
}

}  // namespace canvass
