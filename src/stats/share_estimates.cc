#include "stats/share_estimates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.h"

namespace canvass {
namespace {

std::string placeOf(std::size_t respondent) { return fmt::format("respondent {}", respondent + 1); }

void requireWeights(const std::vector<double>& weights) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (std::isfinite(weights[i]) && weights[i] >= 0.0) continue;
    throw Error(fmt::format("the weight {} is negative or not finite", weights[i]), placeOf(i));
  }
}

void requireValid(const SampleDesign& design) {
  requireWeights(design.weights);
  if (!design.replicates) return;
  for (const std::vector<double>& replicate : design.replicates->weights) {
    if (replicate.size() != design.weights.size()) {
      throw Error(fmt::format("{} replicate weights for {} respondents", replicate.size(),
                              design.weights.size()));
    }
    // A few are negative in files of successive differences.
    const auto isFinite = [](double weight) { return std::isfinite(weight); };
    if (!std::ranges::all_of(replicate, isFinite)) throw Error("a replicate weight is not finite");
  }
}

template <typename Members>
std::vector<double> totalsOf(const Members& members, std::size_t cells) {
  std::vector<double> totals(cells, 0.0);
  for (const auto& member : members) totals[member.cell] += member.weight;
  return totals;
}

// What a unit adds to linearized means: (its sum of values - mean x its weight) / weight of all.
class Linearization {
 public:
  Linearization(const CellFigures& figures, const std::vector<double>& totals)
      : figures_(figures), means_(figures.from(totals)), unit_(figures.groups.size()) {
    for (const auto& cells : figures.groups) {
      double weight = 0.0;
      for (const std::uint32_t cell : cells) weight += totals[cell];
      groups_.push_back(weight);
    }
  }

  void fill(const std::vector<double>& totals, std::span<double> row) {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      unit_[g] = 0.0;
      for (const std::uint32_t cell : figures_.groups[g]) unit_[g] += totals[cell];
    }
    for (std::size_t j = 0; j < row.size(); ++j) {
      const CellFigures::Mean& mean = figures_.means[j];
      if (unit_[mean.group] == 0.0) continue;
      double sum = 0.0;
      for (const auto& [cell, value] : mean.values) sum += value * totals[cell];
      row[j] = (sum - means_[j] * unit_[mean.group]) / groups_[mean.group];
    }
  }

 private:
  const CellFigures& figures_;
  std::vector<double> means_;
  std::vector<double> groups_;  // weights of all
  std::vector<double> unit_;    // likewise of the current unit
};

// The shares of all options and, if they have values, their mean.
CellFigures sharesOf(std::size_t options, std::span<const double> values) {
  CellFigures figures{options, {std::vector<std::uint32_t>(options)}, {}};
  std::iota(figures.groups[0].begin(), figures.groups[0].end(), 0u);
  CellFigures::Mean mean;
  for (std::uint32_t k = 0; k < options; ++k) {
    figures.means.push_back({0, {{k, 1.0}}});
    if (!values.empty()) mean.values.push_back({k, values[k]});
  }
  if (!values.empty()) figures.means.push_back(std::move(mean));
  return figures;
}

// The n of a simple random sample whose shares have the same sum of variances, from 1 to the number
// of respondents.
double sampleSizeOf(const Distribution& shares, const std::vector<double>& variances,
                    std::size_t respondents) {
  double simple = 0.0;  // sum p (1 - p): the sum of variances for n = 1
  for (const double share : shares) simple += share * (1.0 - share);
  const double actual = std::accumulate(variances.begin(), variances.end(), 0.0);
  const double max = static_cast<double>(respondents);
  return simple >= max * actual ? max : std::max(simple / actual, 1.0);
}

}  // namespace

PreparedDesign::PreparedDesign(SampleDesign design) : design_(std::move(design)) {
  requireValid(design_);
  stages_ = unitsOf(design_);
  if (!design_.replicates) return;
  const ReplicateWeights& replicates = *design_.replicates;
  replicateDegrees_ =
      replicates.degrees > 0.0 ? replicates.degrees : replicateDegrees(replicates.weights);
}

PreparedDesign::Members PreparedDesign::membersOf(std::span<const std::uint32_t> domain,
                                                  std::span<const std::int16_t> cells,
                                                  std::size_t count) const {
  if (cells.size() != respondents()) {
    throw Error(fmt::format("{} answers for {} respondents", cells.size(), respondents()));
  }
  Members members;
  members.reserve(domain.size());
  for (const std::uint32_t i : domain) {
    if (i >= respondents()) {
      throw Error(fmt::format("the domain lists respondent {} of {}", i + 1ull, respondents()));
    }
    if (cells[i] < -1 || cells[i] >= static_cast<std::int64_t>(count)) {
      throw Error(fmt::format("the answer {} is not one of the {} options", cells[i], count),
                  placeOf(i));
    }
    if (cells[i] >= 0 && design_.weights[i] > 0.0) {
      members.push_back(
          {stages_.back().unitOf[i], i, static_cast<std::size_t>(cells[i]), design_.weights[i]});
    }
  }
  const auto place = [](const Member& member) { return std::pair(member.unit, member.respondent); };
  if (!std::ranges::is_sorted(members, {}, place)) std::ranges::sort(members, {}, place);
  const auto twice = std::ranges::adjacent_find(members, {}, place);
  if (twice != members.end()) {
    throw Error("the domain lists a respondent twice", placeOf(twice->respondent));
  }
  return members;
}

// Adds sum_h scale_h sum_i (z_hi - mean z_h)^2 over the strata h of a stage and their units i,
// where z_hi is what a unit adds to a linearized mean. The z of all units sum to 0, so that a
// stratum's only unit is centered at the mean of all by not being centered.
void PreparedDesign::addStage(const UnitsOfStage& stage, const Members& members,
                              const CellFigures& figures, const std::vector<double>& totals,
                              CovarianceSum& sum) const {
  Linearization linearization(figures, totals);
  std::vector<double> unitTotals(figures.cells, 0.0);
  for (auto member = members.begin(); member != members.end();) {
    const std::uint32_t unit = stage.unitOf[member->respondent];
    const std::uint32_t stratum = stage.stratumOf[unit];
    const auto first = member;
    const auto isOfUnit = [&] {
      return member != members.end() && stage.unitOf[member->respondent] == unit;
    };
    for (; isOfUnit(); ++member) unitTotals[member->cell] += member->weight;
    linearization.fill(unitTotals, sum.addRow());
    for (auto one = first; one != member; ++one) unitTotals[one->cell] = 0.0;
    const bool isLast =
        member == members.end() || stage.stratumOf[stage.unitOf[member->respondent]] != stratum;
    if (!isLast) continue;
    const UnitsOfStage::Stratum& ended = stage.strata[stratum];
    if (ended.units > 1) {
      sum.endCentered(ended.units, ended.scale);
    } else {
      sum.end(ended.scale);
    }
  }
}

CovarianceSum PreparedDesign::replicateSpread(const Members& members, const CellFigures& figures,
                                              const std::vector<double>& totals,
                                              CovarianceSum::Of what) const {
  const ReplicateWeights& replicates = *design_.replicates;
  std::vector<std::pair<double, std::vector<double>>> rows;  // factor, figures
  for (std::size_t r = 0; r < replicates.weights.size(); ++r) {
    std::vector<double> sums(figures.cells, 0.0);
    for (const Member& member : members) {
      sums[member.cell] += replicates.weights[r][member.respondent];
    }
    std::vector<double> figuresOfReplicate = figures.from(sums);
    // One that leaves out a whole group says nothing about it.
    const bool isKnown = std::ranges::all_of(figuresOfReplicate,
                                             [](double figure) { return std::isfinite(figure); });
    if (isKnown && replicates.factors[r] > 0.0) {
      rows.emplace_back(replicates.factors[r], std::move(figuresOfReplicate));
    }
  }
  std::vector<double> center = figures.from(totals);
  if (replicates.center == ReplicateCenter::mean) {
    std::ranges::fill(center, 0.0);
    for (const auto& [factor, row] : rows) {
      for (std::size_t j = 0; j < row.size(); ++j) {
        center[j] += row[j] / static_cast<double>(rows.size());
      }
    }
  }
  CovarianceSum sum(figures.means.size(), what);
  for (const auto& [factor, row] : rows) {
    const std::span<double> deviation = sum.addRow();
    for (std::size_t j = 0; j < row.size(); ++j) deviation[j] = row[j] - center[j];
    sum.end(factor);
  }
  return sum;
}

CovarianceSum PreparedDesign::spreadOf(const Members& members, const CellFigures& figures,
                                       const std::vector<double>& totals,
                                       CovarianceSum::Of what) const {
  if (design_.replicates) return replicateSpread(members, figures, totals, what);
  CovarianceSum sum(figures.means.size(), what);
  for (const UnitsOfStage& stage : stages_) addStage(stage, members, figures, totals, sum);
  return sum;
}

double PreparedDesign::degreesOf(const Members& members) const {
  if (design_.replicates) return replicateDegrees_;
  const UnitsOfStage& stage = stages_.front();
  std::size_t units = 0;
  std::size_t strata = 0;
  std::uint32_t last = 0;
  for (const Member& member : members) {
    const std::uint32_t unit = stage.unitOf[member.respondent];
    if (units > 0 && unit == last) continue;
    if (units == 0 || stage.stratumOf[unit] != stage.stratumOf[last]) ++strata;
    ++units;
    last = unit;
  }
  return static_cast<double>(units - strata);
}

std::optional<ShareEstimates> PreparedDesign::estimate(std::span<const std::uint32_t> domain,
                                                       std::span<const std::int16_t> answers,
                                                       std::size_t options,
                                                       std::span<const double> values) const {
  const Members members = membersOf(domain, answers, options);
  if (members.empty()) return std::nullopt;
  const CellFigures figures = sharesOf(options, values);
  const std::vector<double> totals = totalsOf(members, options);
  ShareEstimates result;
  result.shares = figures.from(totals);
  std::vector<double> variances =
      spreadOf(members, figures, totals, CovarianceSum::Of::variances).variances();
  for (const double variance : variances) result.standardErrors.push_back(std::sqrt(variance));
  if (!values.empty()) {
    result.mean = result.shares.back();
    result.meanStandardError = result.standardErrors.back();
    result.shares.pop_back();
    result.standardErrors.pop_back();
    variances.pop_back();
  }
  result.respondents = members.size();
  result.degrees = degreesOf(members);
  double weight = 0.0;
  double squares = 0.0;
  for (const Member& member : members) {
    weight += member.weight;
    squares += member.weight * member.weight;
  }
  const double kish = weight * weight / squares;
  result.weightingEffect = static_cast<double>(members.size()) / kish;
  const UnitsOfStage& first = stages_.front();
  const bool simple = design_.strata.empty() && design_.clusters.empty() && !design_.replicates;
  const bool oneUnit = !design_.replicates && first.unitOf[members.front().respondent] ==
                                                  first.unitOf[members.back().respondent];
  const bool unanimous = std::ranges::count(totals, 0.0) + 1 == std::ssize(totals);
  result.effectiveSampleSize = simple || oneUnit || unanimous
                                   ? kish
                                   : sampleSizeOf(result.shares, variances, members.size());
  return result;
}

CellEstimates PreparedDesign::estimateCells(std::span<const std::uint32_t> domain,
                                            std::span<const std::int16_t> cells,
                                            const CellFigures& figures) const {
  const Members members = membersOf(domain, cells, figures.cells);
  const std::vector<double> totals = totalsOf(members, figures.cells);
  CellEstimates result;
  result.means = figures.from(totals);
  result.covariance = spreadOf(members, figures, totals, CovarianceSum::Of::covariances).sums();
  result.degrees = degreesOf(members);
  const double weight = std::accumulate(totals.begin(), totals.end(), 0.0);
  for (const double total : totals) result.shares.push_back(total / weight);
  result.respondents.assign(figures.cells, 0);
  for (const Member& member : members) ++result.respondents[member.cell];
  return result;
}

double standardErrorOf(double share, double effectiveSampleSize) {
  return std::sqrt(share * (1.0 - share) / effectiveSampleSize);
}

}  // namespace canvass
