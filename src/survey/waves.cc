#include "survey/waves.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>

namespace canvass {
namespace {

constexpr const char* waveAttribute = "wave";

using Attributes = std::map<std::string, std::string>;

Attributes withoutWave(Attributes attributes) {
  attributes.erase(waveAttribute);
  return attributes;
}

}  // namespace

std::optional<double> waveOf(const Population& population) {
  const auto found = population.attributes.find(waveAttribute);
  if (found == population.attributes.end()) return std::nullopt;
  const std::string& text = found->second;
  const std::size_t start = text.find_first_of("0123456789");
  if (start == std::string::npos) return std::nullopt;
  double number = 0.0;
  std::from_chars(text.data() + start, text.data() + text.size(), number);
  return number;
}

std::vector<std::vector<std::size_t>> earlierWaves(const std::vector<Population>& later,
                                                   const std::vector<Population>& earlier) {
  std::map<Attributes, std::vector<std::size_t>> waves;
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    if (waveOf(earlier[i])) waves[withoutWave(earlier[i].attributes)].push_back(i);
  }
  std::vector<std::vector<std::size_t>> result(later.size());
  for (std::size_t i = 0; i < later.size(); ++i) {
    const auto wave = waveOf(later[i]);
    const auto found = waves.find(withoutWave(later[i].attributes));
    if (!wave || found == waves.end()) continue;
    for (const std::size_t other : found->second) {
      if (*waveOf(earlier[other]) < *wave) result[i].push_back(other);
    }
    std::ranges::stable_sort(result[i], [&](std::size_t a, std::size_t b) {
      return *waveOf(earlier[a]) > *waveOf(earlier[b]);
    });
  }
  return result;
}

}  // namespace canvass
