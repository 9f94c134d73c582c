#include "predictions/predictions.h"

#include "base/error.h"
#include "parsers.h"
#include "scratch_file.h"

namespace canvass::fuzz {

void predictions(std::string_view bytes) try {
  const ScratchFile file(bytes);
  readPredictions(file.path());
} catch (const Error&) {
}

}  // namespace canvass::fuzz
