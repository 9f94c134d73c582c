#pragma once

#include <string>

#include "base/json.h"
#include "model_tasks/timing.h"

namespace canvass {

std::string timingText(const Timing& timing);
Json timingJson(const Timing& timing);

}  // namespace canvass
