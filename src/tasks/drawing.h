#pragma once

#include <filesystem>
#include <string>

#include "base/json.h"

namespace canvass {

// A file of the drawing code (web/), from an installed canvass or from the folder it was built in.
// Throws Error if canvass was built without it.
std::filesystem::path webFile(const std::string& name);

// A request (web/picture_request.ts) is drawn by Node.js. Throws Error if Node.js is missing or too
// old, and if it cannot draw.

// Draws and writes to a file whose name ends in .svg or .png. A PNG has twice the size, and is made
// by rsvg-convert or else by Chromium; throws Error if neither is installed.
void writePicture(const Json& request, const std::filesystem::path& file);

}  // namespace canvass
