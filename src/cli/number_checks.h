#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>

namespace canvass {

// What a number on the command line may be. Each check reads the words as they were typed, so that
// "-1" never becomes a huge count, and refuses what is not all of a number, "nan" and "inf". The
// message names the range.

inline constexpr std::int64_t anyCount = 1'000'000'000;

CLI::Validator wholeNumber(std::int64_t low, std::int64_t high = anyCount);
CLI::Validator number(double low, double high);
// A seed: any whole number from 0 that 64 bits hold.
CLI::Validator seedNumber();

}  // namespace canvass
