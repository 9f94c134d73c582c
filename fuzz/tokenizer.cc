#include "tokenizer/tokenizer.h"

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

// Words, and what patterns and normalizers may stumble over: a long run of one letter, a space or a
// mark, letters with several forms, special tokens.
constexpr const char* tokenizedText =
    "How often do you drink tea, 42 times a day?\n\n<s>Gr\u00F6\u00DFe \uFDFA \u65E5\u672C "
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa        e\u0301\u0323\u0301\u0323</s>";

void tokenizer(std::string_view bytes) try {
  const auto loaded = loadTokenizer(*modelInMemory({{"tokenizer.json", std::string(bytes)}}));
  loaded->decode(loaded->encode(tokenizedText, {.parseSpecialTokens = true}));
} catch (const Error&) {
}

}  // namespace canvass::fuzz
