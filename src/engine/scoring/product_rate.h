#pragma once

#include <cstddef>

#include "engine/forest/workers.h"
#include "model/decoder.h"

namespace canvass {

// Operations a second of the model's own matrix products with nothing in between, by the same
// workers and with as many rows as in its forests: the upper limit for a forward pass. Takes about
// a second.
double bareProductRate(const Decoder& decoder, const WorkerPlan& plan, std::size_t rows);

}  // namespace canvass
