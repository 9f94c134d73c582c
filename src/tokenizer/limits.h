#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/json.h"

// What the tokenizer files of a model may cost. They are data of strangers that make canvass build
// and run a program: every limit is here, far above what published tokenizers need, and what goes
// beyond is an Error that names the file.
namespace canvass {

// Normalizers, or pre-tokenizers, or decoders of one tokenizer.
inline constexpr std::size_t kMaxTokenizerParts = 100;
// Of a text that is rewritten, to what it was: Unicode's longest compatible form has 11 times the
// bytes of its letter.
inline constexpr std::size_t kMaxGrowth = 64;
inline constexpr std::size_t kMaxGrowthBytes = 4096;  // in addition, for short texts
// Marks on one letter: Unicode's forms sort them, in quadratic time.
inline constexpr std::size_t kMaxMarks = 1000;
// Of a token that is searched for at every place of a text.
inline constexpr std::size_t kMaxAddedTokenBytes = 1000;
// Of a token whose parts are all looked up.
inline constexpr std::size_t kMaxScoredTokenBytes = 1000;
// "max_input_chars_per_word" of WordPiece, which tries all lengths at each place: BERT has 100.
inline constexpr std::size_t kMaxWordCharacters = 1000;

// Of a regular expression, and of its search from one place of a text: backtracking may take a time
// that doubles with each letter.
inline constexpr std::size_t kMaxPatternBytes = 20'000;
inline constexpr std::size_t kMaxPatternSteps = 20'000;
inline constexpr std::size_t kMaxPatternStepsPerByte = 50;  // of the text, in addition
inline constexpr std::size_t kMaxPatternKibibytes = 64 * 1024;

// Throws Error at `where` if a part of a tokenizer.json, such as its normalizer, has more parts of
// its own than kMaxTokenizerParts.
void requireFewParts(const Json& component, const std::string& where);

// Throws Error at `where` if a step makes a text of `before` bytes one of too many.
void requireSmallGrowth(std::size_t before, std::size_t after, const std::string& where);

// Throws Error if a letter of the text, which is UTF-8, has more marks than kMaxMarks.
void requireFewMarks(std::string_view text);

}  // namespace canvass
