#include "weighting/margins.h"

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

void margins(std::string_view bytes) {
  for (const auto parse : {parseMarginsCsv, parseMarginsToml}) {
    try {
      parse(bytes, "fuzz");
    } catch (const Error&) {
    }
  }
}

}  // namespace canvass::fuzz
