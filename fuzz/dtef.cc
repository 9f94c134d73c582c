#include "import/dtef/dtef.h"

#include "base/error.h"
#include "parsers.h"
#include "scratch_file.h"

namespace canvass::fuzz {

void dtef(std::string_view bytes) try {
  const ScratchFile file(bytes);
  if (!isDtefFile(file.path())) return;
  ImportOptions options;
  options.skipInvalid = bytes.size() % 2 == 0;
  importDtef({file.path()}, options);
} catch (const Error&) {
}

}  // namespace canvass::fuzz
