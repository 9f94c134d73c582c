#include "stats/design_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

#include "base/error.h"

namespace canvass {
namespace {

using Key = std::array<std::uint32_t, 3>;  // unit of the stage above, stratum, number in it

void requireLength(const char* what, std::size_t length, std::size_t respondents) {
  if (length == respondents || length == 0) return;
  throw Error(fmt::format("{} {} for {} respondents", length, what, respondents));
}

void requireLengths(const SamplingStage& stage, std::size_t respondents) {
  requireLength("strata", stage.strata.size(), respondents);
  requireLength("clusters", stage.clusters.size(), respondents);
  requireLength("population sizes", stage.populationSize.size(), respondents);
}

std::string nameOf(std::size_t respondent) { return fmt::format("respondent {}", respondent + 1); }

// `above`: null for the first stage. Sets all but the strata's scales.
UnitsOfStage numberUnits(const SamplingStage& stage, const UnitsOfStage* above,
                         std::size_t respondents) {
  const auto key = [&](std::uint32_t i) {
    return Key{above == nullptr ? 0 : above->unitOf[i], stage.strata.empty() ? 0 : stage.strata[i],
               stage.clusters.empty() ? i : stage.clusters[i]};
  };
  std::vector<std::uint32_t> order(respondents);
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, key);
  UnitsOfStage units;
  units.unitOf.resize(respondents);
  Key last{};
  for (std::size_t place = 0; place < order.size(); ++place) {
    const Key current = key(order[place]);
    if (place == 0 || current[0] != last[0] || current[1] != last[1]) units.strata.emplace_back();
    if (place == 0 || current != last) {
      units.stratumOf.push_back(static_cast<std::uint32_t>(units.strata.size() - 1));
      ++units.strata.back().units;
    }
    units.unitOf[order[place]] = static_cast<std::uint32_t>(units.stratumOf.size() - 1);
    last = current;
  }
  return units;
}

// Sets the sampled fraction of each stratum.
void setFractions(const std::vector<double>& sizes, UnitsOfStage& units) {
  if (sizes.empty()) return;
  const bool areFractions = *std::ranges::max_element(sizes) <= 1.0;
  std::vector<double> seen(units.strata.size(), 0.0);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::uint32_t stratum = units.stratumOf[units.unitOf[i]];
    const double sampled = units.strata[stratum].units;
    if (!(sizes[i] > 0.0) || (!areFractions && sizes[i] < sampled)) {
      throw Error(fmt::format("the population size {} of a stratum with {} sampled units", sizes[i],
                              sampled),
                  nameOf(i),
                  "give the number of units in the population, or the sampled fraction of them");
    }
    if (seen[stratum] != 0.0 && seen[stratum] != sizes[i]) {
      throw Error(
          fmt::format("the population sizes {} and {} in one stratum", seen[stratum], sizes[i]),
          nameOf(i), "a stratum has one size");
    }
    seen[stratum] = sizes[i];
    units.strata[stratum].fraction = areFractions ? sizes[i] : sampled / sizes[i];
  }
}

// Of a stratum's place in the stage above: the product of the sampled fractions so far.
std::vector<double> fractionsAbove(const UnitsOfStage& units, const UnitsOfStage& above,
                                   const std::vector<double>& productAbove) {
  std::vector<double> product(units.strata.size(), 1.0);
  for (std::size_t i = 0; i < units.unitOf.size(); ++i) {
    const std::uint32_t parent = above.stratumOf[above.unitOf[i]];
    product[units.stratumOf[units.unitOf[i]]] =
        productAbove[parent] * above.strata[parent].fraction;
  }
  return product;
}

}  // namespace

std::vector<UnitsOfStage> unitsOf(const SampleDesign& design) {
  std::vector<SamplingStage> stages{{design.strata, design.clusters, design.populationSize}};
  stages.insert(stages.end(), design.lowerStages.begin(), design.lowerStages.end());
  std::vector<UnitsOfStage> result;
  std::vector<double> product;
  for (const SamplingStage& stage : stages) {
    if (!result.empty() && stages[result.size() - 1].populationSize.empty()) break;
    requireLengths(stage, design.weights.size());
    UnitsOfStage units =
        numberUnits(stage, result.empty() ? nullptr : &result.back(), design.weights.size());
    setFractions(stage.populationSize, units);
    product = result.empty() ? std::vector<double>(units.strata.size(), 1.0)
                             : fractionsAbove(units, result.back(), product);
    for (std::size_t h = 0; h < units.strata.size(); ++h) {
      UnitsOfStage::Stratum& stratum = units.strata[h];
      const double n = stratum.units;
      stratum.scale = product[h] * (1.0 - stratum.fraction) * (n > 1 ? n / (n - 1.0) : 1.0);
    }
    result.push_back(std::move(units));
  }
  return result;
}

}  // namespace canvass
