#pragma once

#include <filesystem>

#include "hub/hub_name.h"
#include "hub_download/reporter.h"

namespace canvass {

// Brings a model into the cache, with the settings of the environment, and returns its snapshot. A
// branch or tag is remembered to be at the commit once all files are there. Throws Error if it
// cannot be got.
std::filesystem::path downloadModel(const HubName& name, Reporter& reporter);

}  // namespace canvass
