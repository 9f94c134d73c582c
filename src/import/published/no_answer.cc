#include "import/published/no_answer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>

namespace canvass {
namespace {

// Lower-case letters of the text only: "Don't know" and "\"Dont Know\"" are the same words.
std::string lettersOf(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) letters += c;
    if (byte < 0x80 && std::isalpha(byte)) letters += static_cast<char>(std::tolower(byte));
  }
  return letters;
}

}  // namespace

bool isNoAnswer(std::string_view text) {
  static const std::set<std::string> words{
      "dk",       "refused",         "dkrefused",      "dontknow",         "dontknowrefused",
      "noanswer", "noanswerrefused", "missingunknown", "noanswerdontknow", "不知道",
      "拒绝回答", "不回答"};
  return words.contains(lettersOf(text));
}

bool isDontKnow(std::string_view text) {
  static const std::set<std::string> words{"dk",
                                           "dontknow",
                                           "notsure",
                                           "unsure",
                                           "donotknow",
                                           "idontknow",
                                           "idonotknow",
                                           "imnotsure",
                                           "dontknowtheanswer",
                                           "idontknowtheanswer",
                                           "dontknownotsure",
                                           "不知道"};
  return words.contains(lettersOf(text));
}

bool isRefusal(std::string_view text) {
  const std::string letters = lettersOf(text);
  const bool begins = std::ranges::any_of(
      std::array<std::string_view, 7>{"refused", "refusal", "declined", "webblank", "nonresponse",
                                      "skipped", "prefernotto"},
      [&letters](std::string_view one) { return letters.starts_with(one); });
  return begins || (isNoAnswer(text) && !isDontKnow(text));
}

}  // namespace canvass
