#include "import/published/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>

#include "base/error.h"
#include "survey/letters.h"

namespace canvass {
namespace {

bool riseOrFall(const std::vector<double>& places) {
  return std::is_sorted(places.begin(), places.end()) ||
         std::is_sorted(places.begin(), places.end(), std::greater<>());
}

void checkPlaces(const std::vector<std::string>& texts, const std::vector<double>& places) {
  if (places.size() != texts.size()) {
    throw Error(fmt::format("there are {} options, but positions on a scale for {}", texts.size(),
                            places.size()));
  }
  if (!std::all_of(places.begin(), places.end(), [](double one) { return std::isfinite(one); })) {
    throw Error("an option's position on the scale is not a number");
  }
}

}  // namespace

std::vector<Option> labeledOptions(const std::vector<std::string>& texts) {
  requireFewOptions(texts.size());
  std::vector<Option> options;
  for (const std::string& text : texts) {
    options.push_back({letterLabel(options.size()), text, std::nullopt});
  }
  return options;
}

PlacedOptions placeOptions(const std::vector<std::string>& texts,
                           const std::vector<double>& places) {
  checkPlaces(texts, places);
  PlacedOptions placed;
  placed.order.resize(texts.size());
  std::iota(placed.order.begin(), placed.order.end(), std::size_t{0});
  placed.hasOptionApart =
      std::any_of(places.begin(), places.end(), [](double one) { return one < 0.0; });
  const bool areDistinct = std::set<double>(places.begin(), places.end()).size() == places.size();
  const bool hasOrder = areDistinct && !placed.hasOptionApart;
  if (hasOrder && !riseOrFall(places)) {
    placed.isRearranged = true;
    std::sort(placed.order.begin(), placed.order.end(),
              [&places](std::size_t a, std::size_t b) { return places[a] < places[b]; });
  }
  std::vector<std::string> arranged;
  for (const std::size_t index : placed.order) arranged.push_back(texts[index]);
  placed.options = labeledOptions(arranged);
  if (!hasOrder) return placed;
  placed.scale = Scale::ordinal;
  for (std::size_t k = 0; k < places.size(); ++k) {
    placed.options[k].value = places[placed.order[k]];
  }
  return placed;
}

}  // namespace canvass
