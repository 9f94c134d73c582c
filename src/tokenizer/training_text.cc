#include "tokenizer/training_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/utf8.h"

namespace canvass {
namespace {

constexpr std::string_view kLabels = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr double kCoverage = 0.9995;               // of the text, as is SentencePiece's default
constexpr std::size_t kFixedTokens = 3 + 1 + 256;  // <unk> <s> </s>, the space, the bytes

// The trainer cannot index longer runs without a break.
constexpr std::size_t kLongestSentence = 4000;  // characters

using Characters = std::set<char32_t>;

// The trainer uses a tab and U+2585 as marks of its own, U+2581 is how it writes a space, and a
// control character is not part of a word.
bool canHaveToken(char32_t c) { return c > ' ' && c != 0x7F && c != 0x2581 && c != 0x2585; }

Characters requiredCharacters(const std::vector<std::string>& wholeWords) {
  Characters characters(kLabels.begin(), kLabels.end());
  characters.insert('(');
  for (const std::string& word : wholeWords) {
    for (const char32_t c : decodeUtf8(word)) {
      if (canHaveToken(c)) characters.insert(c);
    }
  }
  return characters;
}

// The characters of the text with their counts, the most frequent first.
std::vector<std::pair<char32_t, std::size_t>> countCharacters(
    const std::vector<std::string>& lines) {
  std::map<char32_t, std::size_t> counts;
  for (const std::string& line : lines) {
    for (const char32_t c : decodeUtf8(line)) {
      if (canHaveToken(c)) ++counts[c];
    }
  }
  std::vector<std::pair<char32_t, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return sorted;
}

void addFrequent(Characters& characters, const std::vector<std::string>& lines, std::size_t room) {
  const auto counts = countCharacters(lines);
  std::size_t total = 0;
  for (const auto& [c, count] : counts) total += count;
  if (total == 0) throw Error("there is no text to train a tokenizer on");
  std::size_t covered = 0;
  for (const auto& [c, count] : counts) {
    if (room == 0 || static_cast<double>(covered) >= kCoverage * static_cast<double>(total)) break;
    if (characters.insert(c).second) --room;
    covered += count;
  }
}

void appendSentences(const std::string& text, const Characters& characters,
                     std::vector<std::string>& sentences) {
  std::string sentence;
  std::size_t length = 0;
  const auto finish = [&] {
    if (length > 0) sentences.push_back(std::move(sentence));
    sentence.clear();
    length = 0;
  };
  for (const char32_t c : decodeUtf8(text)) {
    const bool known = c == ' ' || characters.contains(c);
    if (!known || length == kLongestSentence) finish();
    if (!known) continue;
    appendUtf8(sentence, c);
    ++length;
  }
  finish();
}

}  // namespace

std::vector<std::string> prepareTrainingText(const std::vector<std::string>& lines,
                                             const std::vector<std::string>& wholeWords,
                                             std::size_t vocabularySize) {
  Characters characters = requiredCharacters(wholeWords);
  const std::size_t minimum = kFixedTokens + characters.size();
  if (vocabularySize < minimum) {
    throw Error(fmt::format("a tokenizer of {} tokens has no room for the characters it needs",
                            vocabularySize),
                {}, fmt::format("ask for {} tokens or more", minimum));
  }
  addFrequent(characters, lines, (vocabularySize - minimum) / 2);
  std::vector<std::string> sentences;
  for (const std::string& line : lines) appendSentences(line, characters, sentences);
  for (const std::string& word : wholeWords) appendSentences(word, characters, sentences);
  // The trainer gives tokens only to characters that it sees. After a parenthesis a letter is by
  // itself and needs no token with its neighbor.
  for (const char label : kLabels) sentences.push_back({'(', label});
  return sentences;
}

}  // namespace canvass
