#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Python's str methods on UTF-8 text.
namespace canvass::jinja {

enum class Side { left, right, both };

// strip(), lstrip(), rstrip(): white space, or any of `characters`.
std::string strip(const std::string& text, Side side,
                  const std::optional<std::string>& characters = {});

// upper(), lower(), capitalize(). Throw Failure for the few letters whose capital is not one letter
// (German sharp s, ligatures).
std::string upperCase(const std::string& text);
std::string lowerCase(const std::string& text);
std::string capitalized(const std::string& text);
// str.title(): a capital after everything that is not a letter.
std::string titleCase(const std::string& text);
// islower(), isupper(): a letter of that case at least, and none of another.
bool isLowerCase(const std::string& text);
bool isUpperCase(const std::string& text);
// The filter `title`: a capital after spaces, hyphens and opening brackets only. Also throws
// Failure for a Greek sigma within a word.
std::string titleCaseOfWords(const std::string& text);

// split(separator, limit), or split() at white space if there is no separator; no limit < 0.
std::vector<std::string> split(const std::string& text, const std::optional<std::string>& separator,
                               std::int64_t limit);
std::vector<std::string> splitLines(const std::string& text);
// replace(): at most `limit` occurrences, all if it is negative.
std::string replaced(const std::string& text, const std::string& from, const std::string& to,
                     std::int64_t limit);

// Where `part` first begins in the text from byte `from` on, in time that grows with their lengths
// only; npos if it is not there.
std::size_t findIn(std::string_view text, std::string_view part, std::size_t from = 0);

// The number that decimal digits represent, with an optional "-" before them. Throws Failure if it
// does not fit into 64 bits or the text is something else.
std::int64_t integerOf(const std::string& digits);

// str.isspace(): the same characters that the regular expression \s matches.
bool isWhiteSpace(char32_t c);

// The byte length of the white-space character at `position`, 0 if there is none.
std::size_t whiteSpaceAt(std::string_view text, std::size_t position);

}  // namespace canvass::jinja
