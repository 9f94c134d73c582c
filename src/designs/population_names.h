#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// Equal for all spellings of one country that survey programs use: "Czechia" and "Czech Rep.",
// "South Korea" and "Republic of Korea". A note on the sample at the end, "(Non-national sample)",
// does not count. Of any other name, what normalText leaves of it. Samples of the United Kingdom
// mostly leave Northern Ireland out: Great Britain is the same country.
std::u32string countryKey(std::string_view name);

// The key of a population's name, or of its id if it has no name: "Japan, women" is not "Japan".
std::u32string populationKey(const Population& population);

// The pairs of populations, one of each survey and by their indices, that have one id or one key,
// in the order of the first survey's populations and then of the second's.
std::vector<std::pair<std::size_t, std::size_t>> matchPopulations(const Survey& first,
                                                                  const Survey& second);

// The country that a population lives in: its attribute "country", or else its name, or its id.
const std::string& countryOf(const Population& population);

}  // namespace canvass
