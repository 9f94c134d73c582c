// The libFuzzer target of the parser CANVASS_PARSER.
#include <cstddef>
#include <cstdint>

#include "parsers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  canvass::fuzz::CANVASS_PARSER({reinterpret_cast<const char*>(data), size});
  return 0;
}
