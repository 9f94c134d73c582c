#include "model_files/adapter_config.h"

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

void adapter_config(std::string_view bytes) try {
  parseAdapterConfig(std::string(bytes), "fuzz");
} catch (const Error&) {
}

}  // namespace canvass::fuzz
