#pragma once

#include <string_view>

namespace canvass {

// data/countries.json, compiled in: by the two letters of ISO 3166-1 (XK for Kosovo), every name
// that survey programs and lists of countries use, the usual one first. Countries that go by one
// name everywhere are not in it.
std::string_view countryNamesJson();

}  // namespace canvass
