#pragma once

#include <string>

namespace canvass {

// Why a row cannot be used; the collector adds the place, or leaves the row out.
struct RowFault {
  std::string what;
  std::string remedy;
};

}  // namespace canvass
