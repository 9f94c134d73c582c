#pragma once

#include <string>

namespace canvass {

// Scheme, host and port of an address, "https://huggingface.co:443"; empty if it is not an address
// of HTTP or HTTPS.
std::string originOf(const std::string& url);

// Where a redirect from `url` leads: `location` may be relative. Empty if it is not an address of
// HTTP or HTTPS, or leads from HTTPS to HTTP.
std::string redirected(const std::string& url, const std::string& location);

// One part of a path, or, with slashes kept, a path, with every other character escaped.
std::string escapedPart(const std::string& text);
std::string escapedPath(const std::string& text);

}  // namespace canvass
