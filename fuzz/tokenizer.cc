#include "tokenizer/tokenizer.h"

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

void tokenizer(std::string_view bytes) try {
  const auto loaded = loadTokenizer(*modelInMemory({{"tokenizer.json", std::string(bytes)}}));
  loaded->decode(loaded->encode("How often do you drink tea, 42 times a day?", {}));
} catch (const Error&) {
}

}  // namespace canvass::fuzz
