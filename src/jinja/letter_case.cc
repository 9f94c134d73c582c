#include <utf8proc.h>

#include "base/utf8.h"
#include "jinja/python_string.h"
#include "jinja/source.h"

// Upper and lower case by the one-letter mappings of Unicode. Letters that Python maps to several,
// or depending on their position in the word, are rejected: no chat template needs them, and a
// wrong letter would go unnoticed.
namespace canvass::jinja {
namespace {

bool between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

void refuse(char32_t c) {
  std::string letter;
  appendUtf8(letter, c);
  throw Failure{"the letter " + letter +
                " has no simple other case, which canvass would need here"};
}

bool hasSpecialUpperCase(char32_t c) {
  return c == 0xDF || c == 0x149 || c == 0x1F0 || c == 0x345 || c == 0x390 || c == 0x3B0 ||
         c == 0x587 || between(c, 0x1E96, 0x1E9A) || between(c, 0x1F50, 0x1F57) ||
         between(c, 0x1F80, 0x1FFF) || between(c, 0xFB00, 0xFB17);
}

bool isDigraph(char32_t c) { return between(c, 0x1C4, 0x1CC) || between(c, 0x1F1, 0x1F3); }

char32_t upper(char32_t c) {
  if (hasSpecialUpperCase(c)) refuse(c);
  return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
}

char32_t lower(char32_t c) {
  if (c == 0x130 || c == 0x3A3) refuse(c);  // dotted capital I, capital sigma
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

char32_t title(char32_t c) {
  if (hasSpecialUpperCase(c)) refuse(c);
  return static_cast<char32_t>(utf8proc_totitle(static_cast<utf8proc_int32_t>(c)));
}

enum class LetterCase { none, lower, upper, title };

LetterCase caseOf(char32_t c) {
  const auto codePoint = static_cast<utf8proc_int32_t>(c);
  if (utf8proc_category(codePoint) == UTF8PROC_CATEGORY_LT) return LetterCase::title;
  if (utf8proc_isupper(codePoint)) return LetterCase::upper;
  return utf8proc_islower(codePoint) ? LetterCase::lower : LetterCase::none;
}

bool isWhollyOf(LetterCase wanted, const std::string& text) {
  bool found = false;
  for (const char32_t c : decodeUtf8(text)) {
    const LetterCase letterCase = caseOf(c);
    if (letterCase != wanted && letterCase != LetterCase::none) return false;
    found = found || letterCase == wanted;
  }
  return found;
}

bool opensWord(char32_t c) {
  return isWhiteSpace(c) || c == '-' || c == '(' || c == '{' || c == '[' || c == '<';
}

}  // namespace

std::string upperCase(const std::string& text) {
  std::string result;
  for (const char32_t c : decodeUtf8(text)) appendUtf8(result, upper(c));
  return result;
}

std::string lowerCase(const std::string& text) {
  std::string result;
  for (const char32_t c : decodeUtf8(text)) appendUtf8(result, lower(c));
  return result;
}

std::string capitalized(const std::string& text) {
  std::string result;
  for (const char32_t c : decodeUtf8(text))
    appendUtf8(result, result.empty() ? title(c) : lower(c));
  return result;
}

std::string titleCase(const std::string& text) {
  std::string result;
  bool afterLetter = false;
  for (const char32_t c : decodeUtf8(text)) {
    appendUtf8(result, afterLetter ? lower(c) : title(c));
    afterLetter = caseOf(c) != LetterCase::none;
  }
  return result;
}

bool isLowerCase(const std::string& text) { return isWhollyOf(LetterCase::lower, text); }
bool isUpperCase(const std::string& text) { return isWhollyOf(LetterCase::upper, text); }

std::string titleCaseOfWords(const std::string& text) {
  std::string result;
  bool atBegin = true;
  for (const char32_t c : decodeUtf8(text)) {
    if (atBegin && isDigraph(c)) refuse(c);
    appendUtf8(result, atBegin ? upper(c) : lower(c));
    atBegin = opensWord(c);
  }
  return result;
}

}  // namespace canvass::jinja
