#include "base/error.h"
#include "model_files/decoder_config.h"
#include "model_files/gguf/gguf_model.h"
#include "model_files/weight_files.h"
#include "parsers.h"
#include "tokenizer/tokenizer.h"

namespace canvass::fuzz {

// The file, and all that is made from its header.
void gguf(std::string_view bytes) {
  const auto model = openGguf(modelInMemory({{"fuzz", std::string(bytes)}}), "fuzz");
  const auto attempt = [](auto action) {
    try {
      action();
    } catch (const Error&) {
    }
  };
  attempt([&] { readDecoderConfig(*model); });
  attempt([&] { loadTokenizer(*model)->encode("How often do you drink tea?", {}); });
  attempt([&] {
    unsigned sum = 0;
    const WeightFiles files(*model);
    for (const auto& [name, tensor] : files.tensors()) {
      if (tensor.bytes.empty()) continue;
      sum += static_cast<unsigned>(tensor.bytes.front());
      sum += static_cast<unsigned>(tensor.bytes.back());
    }
    volatile unsigned keep = sum;
    static_cast<void>(keep);
  });
}

}  // namespace canvass::fuzz
