#include "import/simllm/simllm.h"

#include "base/error.h"
#include "parsers.h"
#include "scratch_file.h"

namespace canvass::fuzz {

void simllm(std::string_view bytes) try {
  const ScratchFile file(bytes);
  if (!isSimllmFile(file.path())) return;
  ImportOptions options;
  options.skipInvalid = bytes.size() % 2 == 0;
  importSimllm({file.path()}, options);
} catch (const Error&) {
}

}  // namespace canvass::fuzz
