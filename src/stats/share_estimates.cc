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

void requireLength(const char* what, std::size_t length, std::size_t respondents) {
  if (length == respondents) return;
  throw Error(fmt::format("{} {} for {} respondents", length, what, respondents));
}

void requireValid(const SampleDesign& design) {
  const std::size_t respondents = design.weights.size();
  if (!design.strata.empty()) requireLength("strata", design.strata.size(), respondents);
  if (!design.clusters.empty()) requireLength("clusters", design.clusters.size(), respondents);
  for (std::size_t i = 0; i < respondents; ++i) {
    const double weight = design.weights[i];
    if (std::isfinite(weight) && weight >= 0.0) continue;
    throw Error(fmt::format("the weight {} is negative or not finite", weight), placeOf(i));
  }
}

// Sums over the members of a domain.
struct Totals {
  explicit Totals(std::size_t options) : byOption(options, 0.0) {}

  template <typename Member>
  void add(const Member& member) {
    byOption[member.answer] += member.weight;
    weight += member.weight;
    squaredWeight += member.weight * member.weight;
  }

  void clear() {
    std::ranges::fill(byOption, 0.0);
    weight = squaredWeight = 0.0;
  }

  std::vector<double> byOption;  // of weights
  double weight = 0.0;
  double squaredWeight = 0.0;
};

// Sums up sum_h n_h / (n_h - 1) sum_i (z_hi - mean z_h)^2 over the strata h and their units i for
// each option, where z_hi is what a unit adds to the linearized share. The z of all units sum to 0,
// so that a stratum's only unit is centered at the mean of all by not being centered.
class VarianceSum {
 public:
  explicit VarianceSum(std::size_t options) : variances_(options, 0.0) {}

  // A unit with the totals `unit` of a domain with these shares and the sum `weight` of weights.
  void addUnit(const Totals& unit, const Distribution& shares, double weight) {
    for (std::size_t k = 0; k < shares.size(); ++k) {
      units_.push_back((unit.byOption[k] - shares[k] * unit.weight) / weight);
    }
  }

  // Ends a stratum of `units` units, of which those not added contribute zeros.
  void endStratum(std::size_t units) {
    const std::size_t options = variances_.size();
    const std::size_t present = units_.size() / options;
    const double count = static_cast<double>(units);
    for (std::size_t k = 0; k < options; ++k) {
      double sum = 0.0;
      for (std::size_t i = 0; i < present; ++i) sum += units_[i * options + k];
      const double center = units > 1 ? sum / count : 0.0;
      double squares = static_cast<double>(units - present) * center * center;
      for (std::size_t i = 0; i < present; ++i) {
        const double deviation = units_[i * options + k] - center;
        squares += deviation * deviation;
      }
      variances_[k] += units > 1 ? squares * count / (count - 1.0) : squares;
    }
    units_.clear();
  }

  const std::vector<double>& variances() const { return variances_; }

 private:
  std::vector<double> units_;  // of the current stratum, one row per unit
  std::vector<double> variances_;
};

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

PreparedDesign::PreparedDesign(const SampleDesign& design)
    : simple_(design.strata.empty() && design.clusters.empty()),
      weights_(design.weights),
      unitOf_(design.weights.size()) {
  requireValid(design);
  using Unit = std::pair<std::uint32_t, std::uint32_t>;  // stratum, number in it
  const auto unit = [&](std::uint32_t i) {
    return Unit(design.strata.empty() ? 0 : design.strata[i],
                design.clusters.empty() ? i : design.clusters[i]);
  };
  std::vector<std::uint32_t> order(weights_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, unit);
  for (std::size_t place = 0; place < order.size(); ++place) {
    const Unit current = unit(order[place]);
    const bool first = place == 0;
    if (first || unit(order[place - 1]).first != current.first) unitsInStratum_.push_back(0);
    if (first || unit(order[place - 1]) != current) {
      stratumOf_.push_back(static_cast<std::uint32_t>(unitsInStratum_.size() - 1));
      ++unitsInStratum_.back();
    }
    unitOf_[order[place]] = static_cast<std::uint32_t>(stratumOf_.size() - 1);
  }
}

std::vector<PreparedDesign::Member> PreparedDesign::membersOf(std::span<const std::uint32_t> domain,
                                                              std::span<const std::int16_t> answers,
                                                              std::size_t options) const {
  requireLength("answers", answers.size(), respondents());
  std::vector<Member> members;
  members.reserve(domain.size());
  for (const std::uint32_t i : domain) {
    if (i >= respondents()) {
      throw Error(fmt::format("the domain lists respondent {} of {}", i + 1ull, respondents()));
    }
    if (answers[i] < -1 || answers[i] >= static_cast<std::int64_t>(options)) {
      throw Error(fmt::format("the answer {} is not one of the {} options", answers[i], options),
                  placeOf(i));
    }
    if (answers[i] >= 0 && weights_[i] > 0.0) {
      members.push_back({unitOf_[i], i, static_cast<std::size_t>(answers[i]), weights_[i]});
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

std::vector<double> PreparedDesign::variancesOf(const std::vector<Member>& members,
                                                const Distribution& shares, double weight) const {
  VarianceSum sum(shares.size());
  Totals totals(shares.size());
  for (auto member = members.begin(); member != members.end();) {
    const std::uint32_t unit = member->unit;
    totals.clear();
    for (; member != members.end() && member->unit == unit; ++member) totals.add(*member);
    sum.addUnit(totals, shares, weight);
    const std::uint32_t stratum = stratumOf_[unit];
    if (member == members.end() || stratumOf_[member->unit] != stratum) {
      sum.endStratum(unitsInStratum_[stratum]);
    }
  }
  return sum.variances();
}

std::optional<ShareEstimates> PreparedDesign::estimate(std::span<const std::uint32_t> domain,
                                                       std::span<const std::int16_t> answers,
                                                       std::size_t options) const {
  const std::vector<Member> members = membersOf(domain, answers, options);
  if (members.empty()) return std::nullopt;
  Totals all(options);
  for (const Member& member : members) all.add(member);
  ShareEstimates result;
  for (const double total : all.byOption) result.shares.push_back(total / all.weight);
  const std::vector<double> variances = variancesOf(members, result.shares, all.weight);
  for (const double variance : variances) result.standardErrors.push_back(std::sqrt(variance));
  result.respondents = members.size();
  const double kish = all.weight * all.weight / all.squaredWeight;
  result.weightingEffect = static_cast<double>(members.size()) / kish;
  const bool oneUnit = members.front().unit == members.back().unit;
  const bool unanimous = std::ranges::count(all.byOption, 0.0) + 1 == std::ssize(all.byOption);
  result.effectiveSampleSize = simple_ || oneUnit || unanimous
                                   ? kish
                                   : sampleSizeOf(result.shares, variances, members.size());
  return result;
}

double standardErrorOf(double share, double effectiveSampleSize) {
  return std::sqrt(share * (1.0 - share) / effectiveSampleSize);
}

}  // namespace canvass
