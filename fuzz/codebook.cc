#include "microdata/codebook.h"

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

void codebook(std::string_view bytes) try { parseCodebook(bytes, "fuzz"); } catch (const Error&) {
}

}  // namespace canvass::fuzz
