#pragma once

#include <cstddef>

#include "engine/forest/workers.h"
#include "model/decoder.h"

namespace canvass {

// Operations a second of the model's own matrix products with nothing in between, by the same
// workers and with as many rows as in its forests: what a forward pass could reach at most. Takes
// about a second.
double bareProductRate(const Decoder& decoder, const WorkerPlan& plan, std::size_t rows);

}  // namespace canvass
