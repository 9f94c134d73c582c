#include "microdata/mapping.h"

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

void mapping(std::string_view bytes) try { parseMapping(bytes, "fuzz"); } catch (const Error&) {
}

}  // namespace canvass::fuzz
