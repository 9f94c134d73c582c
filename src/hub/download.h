#pragma once

#include <filesystem>

#include "base/progress.h"
#include "hub/hub_name.h"

namespace canvass {

// Brings the model into the cache, or what of it is new there, and returns where it is, as
// openModel() takes it. A program of its own, canvass-download, does it, so that no other is linked
// with a library for networks. Throws Error if the model cannot be got, and if the user stops it:
// what was downloaded by then is kept, and the next time goes on from there.
std::filesystem::path download(const HubName& name, Progress& progress);

// The same by another program than the one that was installed.
std::filesystem::path downloadBy(const std::string& program, const HubName& name,
                                 Progress& progress);

}  // namespace canvass
