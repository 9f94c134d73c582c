#include "tokenizer/encode_request.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/utf8.h"

namespace canvass {

SpecialTokenRule readRequest(std::string_view text, const EncodeOptions& options) {
  if (const auto offset = findInvalidUtf8(text)) {
    throw Error(fmt::format("the text to tokenize is not UTF-8 at byte {}", *offset));
  }
  SpecialTokenRule rule{options.parseSpecialTokens, {}};
  for (const TextRange& range : options.literal) {
    if (range.begin > range.end || range.end > text.size()) {
      throw Error(fmt::format("the literal range {}-{} is not in a text of {} bytes", range.begin,
                              range.end, text.size()));
    }
    rule.literal.push_back(range);
  }
  return rule;
}

}  // namespace canvass
