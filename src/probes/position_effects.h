#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "probes/asked_variant.h"

namespace canvass {

// How much probability a position attracts, among questions with one number of options.
struct PositionEffects {
  std::size_t items = 0;
  // By position: by how much the share of an option is larger there than that option's own mean
  // over all orders in which it was asked; averaged over options and items. Sums to 0 if every
  // option was at every position equally often. 0 everywhere: order does not matter, on average.
  std::vector<double> effects;
};

// By number of options. Of all orders that are given, the original's among them; items that were
// asked in one order only are left out.
std::map<std::size_t, PositionEffects> positionEffects(const Survey& original,
                                                       std::span<const AskedVariant> asked);

}  // namespace canvass
