#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "probes/variant.h"

namespace canvass {

enum class OptionOrder {
  cyclic,    // shifted by 1, 2, ...: with the original, every option is at every position once
  all,       // every order, of questions with up to five options
  sampled,   // orders drawn at random, for each question its own
  first,     // each option in turn moved to the front, the others unchanged
  reversed,  // the last option first
};

// The survey with its options in other orders; labels keep their positions, so that "A" is always
// the first option shown. The original order is not among them. If questions have different numbers
// of options, a variant leaves out those that it does not reorder. `count`: how many orders are
// drawn for OptionOrder::sampled. Throws Error if there is no other order to ask.
std::vector<Variant> orderVariants(const Survey& survey, OptionOrder order, std::size_t count = 4,
                                   std::uint64_t seed = 0);

}  // namespace canvass
