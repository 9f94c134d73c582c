#pragma once

#include <filesystem>
#include <string>

#include "base/json.h"

namespace canvass {

// A file of the drawing code (web/), of an installed canvass or of the folder it was built in.
// Throws Error where canvass was built without it.
std::filesystem::path webFile(const std::string& name);

// A request (web/picture_request.ts) is drawn by Node.js. Throws Error where Node.js is missing or
// too old, and where it cannot draw.

// Draws and writes to a file whose name ends in .svg or .png. A PNG has twice the size, and is made
// by rsvg-convert or else by Chromium; throws Error where neither is there.
void writePicture(const Json& request, const std::filesystem::path& file);

}  // namespace canvass
