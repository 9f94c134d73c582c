#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "base/random.h"

namespace canvass {

// How many of a simple random sample of `respondents` choose each option.

// One random sample: writes the number who chose each option. Expected time does not depend on the
// number of respondents. `shares`: none negative, summing to 1; `counts`: as many as shares.
void drawSample(std::span<const double> shares, std::uint64_t respondents, RandomStream& random,
                std::span<std::uint64_t> counts);

// How many of `trials` succeed, each with the given probability, by inversion if few are expected
// (Kachitvichyanukul & Schmeiser 1988), else by transformed rejection (Hoermann 1993).
std::uint64_t drawBinomial(std::uint64_t trials, double probability, RandomStream& random);

// How many different samples there are: C(respondents + k - 1, k - 1) for the k options that anyone
// chooses. Exact up to 2^53, infinite if it overflows a double.
double countSamples(std::span<const double> shares, std::uint64_t respondents);

// Visits every possible sample with its counts and its probability; these sum to 1.
void forEachSample(
    std::span<const double> shares, std::uint64_t respondents,
    const std::function<void(std::span<const std::uint64_t> counts, double probability)>& visit);

}  // namespace canvass
