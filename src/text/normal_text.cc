#include "text/normal_text.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

#include "base/error.h"
#include "base/utf8.h"

namespace canvass {
namespace {

struct Free {
  void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

std::string folded(std::string_view text) {
  constexpr int folding =
      UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
  utf8proc_uint8_t* bytes = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &bytes, utf8proc_option_t(folding));
  const std::unique_ptr<utf8proc_uint8_t, Free> owner(bytes);
  if (length < 0) throw Error("a text to compare is not UTF-8", {}, "save the survey as UTF-8");
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

bool partsWords(char32_t character) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
      return true;
    default:
      return false;
  }
}

bool isWide(char32_t character) {
  return utf8proc_charwidth(static_cast<utf8proc_int32_t>(character)) == 2;
}

}  // namespace

std::u32string NormalText::letters() const {
  std::u32string all;
  for (const std::u32string& word : words) all += word;
  return all;
}

NormalText normalText(std::string_view text) {
  NormalText normal;
  bool inWord = false;
  for (const char32_t character : decodeUtf8(folded(text))) {
    if (partsWords(character)) {
      inWord = false;
    } else if (inWord && !isWide(character)) {
      normal.words.back() += character;
    } else {
      normal.words.emplace_back(1, character);
      inWord = !isWide(character);
    }
  }
  return normal;
}

}  // namespace canvass
