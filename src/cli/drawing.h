#pragma once

#include <filesystem>
#include <string>

#include "base/json.h"

namespace canvass {

// A file of the drawing code (web/), of an installed canvass or of the folder it was built in.
// Throws Error where canvass was built without it.
std::filesystem::path webFile(const std::string& name);

// Draws what a request (web/picture_request.ts) asks for, by Node.js; returns SVG. Throws Error
// where Node.js is missing or too old, and where it cannot draw.
std::string drawSvg(const Json& request);

// A PNG of an SVG at twice its size, by rsvg-convert or else by Chromium. Throws Error where
// neither is there.
std::string pngOf(const std::string& svg);

}  // namespace canvass
