#include "model_files/decoder_config.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

void decoder_config(std::string_view bytes) try {
  parseDecoderConfig(parseJson(bytes, "fuzz"), "fuzz");
} catch (const Error&) {
}

}  // namespace canvass::fuzz
