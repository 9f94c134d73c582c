#include "import/topics.h"

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

void topics(std::string_view bytes) try { parseTopics(bytes, "fuzz"); } catch (const Error&) {
}

}  // namespace canvass::fuzz
