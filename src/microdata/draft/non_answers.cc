#include "microdata/draft/non_answers.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "microdata/draft/phrase_table.h"

namespace canvass {
namespace {

constexpr std::size_t noteMeaning = 100'000;
constexpr std::size_t joiningMeaning = 100'001;
constexpr std::size_t longestAbbreviation = 5;  // letters
// Words of a label that are looked at: no non-answer is longer.
constexpr std::size_t maxWordsToRead = 40;

const PhraseTable& phraseTable() {
  static const PhraseTable table = [] {
    PhraseTable made;
    const auto rows = nonAnswerWords();
    for (std::size_t i = 0; i < rows.size(); ++i) made.add(rows[i].phrases, i);
    made.add(interviewerNotes(), noteMeaning);
    made.add(joiningWords(), joiningMeaning);
    return made;
  }();
  return table;
}

bool isNumberWord(const LabelWord& word) {
  return std::all_of(word.text.begin(), word.text.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

// The phrases of the table that a part of a label is made of.
struct Cover {
  std::vector<std::size_t> rows;  // of the table
  std::size_t words = 0;          // covered, from the label's beginning
  std::size_t letters = 0;        // bytes of the phrases of rows
};

// Follows phrases, notes, joining words and numbers from the position on as far as they go. Of
// several phrases at a position the longest that lets the cover go on is taken.
void extend(const std::vector<LabelWord>& words, const Cover& cover, Cover& best) {
  if (!cover.rows.empty() && cover.words > best.words) best = cover;
  if (cover.words == words.size() || best.words == words.size()) return;
  for (const auto& [count, meaning] : phraseTable().at(words, cover.words)) {
    const bool joins = meaning == joiningMeaning;
    if (joins && (cover.rows.empty() || cover.words + count == words.size())) continue;
    Cover next = cover;
    next.words += count;
    if (!joins && meaning != noteMeaning) {
      next.rows.push_back(meaning);
      next.letters += joinedWords(words, cover.words, count).size();
    }
    extend(words, next, best);
  }
  if (isNumberWord(words[cover.words])) {
    Cover next = cover;
    ++next.words;
    extend(words, next, best);
  }
}

Cover coverFrom(const std::vector<LabelWord>& words) {
  Cover best;
  extend(words, {}, best);
  return best;
}

// Of several phrases, "DK/Refused", the one that says most about whether the question was asked.
MissingKind kindOf(const Cover& cover) {
  MissingKind kind = MissingKind::notAsked;
  for (const std::size_t row : cover.rows) kind = std::min(kind, nonAnswerWords()[row].kind);
  return kind;
}

Certainty certaintyOf(const Cover& cover) {
  Certainty certainty = Certainty::none;
  for (const std::size_t row : cover.rows) {
    certainty = std::max(certainty, nonAnswerWords()[row].certainty);
  }
  const bool isRepeated = cover.rows.size() > 1 && certainty < Certainty::sure;
  return isRepeated ? static_cast<Certainty>(static_cast<int>(certainty) + 1) : certainty;
}

// Of the words that cover the label's beginning, with others after them.
Certainty certaintyOfBeginning(const Cover& cover, const LabelWord& next) {
  if (!next.isApart || certaintyOf(cover) < Certainty::sure) return Certainty::mentioned;
  return kindOf(cover) == MissingKind::notAsked ? Certainty::sure : Certainty::soft;
}

// Whether one of the label's parts, which punctuation sets apart, is such words: "(neither, no
// response)".
std::optional<MissingKind> kindOfAPart(const std::vector<LabelWord>& words) {
  for (std::size_t first = 1; first < words.size();) {
    std::size_t end = first + 1;
    while (end < words.size() && !words[end].isApart) ++end;
    const std::vector<LabelWord> part(words.begin() + static_cast<std::ptrdiff_t>(first),
                                      words.begin() + static_cast<std::ptrdiff_t>(end));
    const Cover cover = coverFrom(part);
    if (words[first].isApart && cover.words == part.size() && !cover.rows.empty()) {
      return kindOf(cover);
    }
    first = end;
  }
  return std::nullopt;
}

}  // namespace

NonAnswerReading readNonAnswer(std::string_view label) {
  std::vector<LabelWord> words = labelWords(label);
  if (words.size() > maxWordsToRead) words.resize(maxWordsToRead);
  const Cover cover = coverFrom(words);
  NonAnswerReading reading;
  if (cover.rows.empty()) {
    const auto part = kindOfAPart(words);
    if (part) reading = {Certainty::mentioned, *part, false};
    return reading;
  }
  reading.kind = kindOf(cover);
  reading.isShort = cover.letters <= longestAbbreviation && label.size() <= 2 * longestAbbreviation;
  reading.certainty = cover.words == words.size() ? certaintyOf(cover)
                                                  : certaintyOfBeginning(cover, words[cover.words]);
  return reading;
}

}  // namespace canvass
