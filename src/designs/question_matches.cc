#include "designs/question_matches.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "text/normal_text.h"

namespace canvass {
namespace {

constexpr std::size_t gramLength = 3;
constexpr double batterySimilarity = 0.5;  // of what differs: below it, words were replaced

using Grams = std::vector<std::uint64_t>;  // sorted, each once
using Words = std::span<const std::u32string>;

struct ComparedText {
  NormalText normal;
  std::u32string letters;
  Grams grams;
};

// A text shorter than three characters is one gram.
Grams gramsOf(std::u32string_view letters) {
  Grams grams;
  for (std::size_t start = 0; start < letters.size(); ++start) {
    if (start > 0 && start + gramLength > letters.size()) break;
    std::uint64_t gram = 0;
    for (const char32_t letter : letters.substr(start, gramLength)) gram = gram << 21 | letter;
    grams.push_back(gram);
  }
  std::sort(grams.begin(), grams.end());
  grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
  return grams;
}

std::vector<ComparedText> textsOf(const Survey& survey) {
  std::vector<ComparedText> texts;
  for (const Question& question : survey.questions) {
    ComparedText& text = texts.emplace_back();
    text.normal = normalText(question.text);
    text.letters = text.normal.letters();
    text.grams = gramsOf(text.letters);
  }
  return texts;
}

double diceCoefficient(std::size_t shared, const Grams& first, const Grams& second) {
  return 2.0 * static_cast<double>(shared) / static_cast<double>(first.size() + second.size());
}

std::u32string join(Words words) {
  std::u32string all;
  for (const std::u32string& word : words) all += word;
  return all;
}

double similarityOf(std::u32string_view first, std::u32string_view second) {
  const Grams a = gramsOf(first);
  const Grams b = gramsOf(second);
  std::vector<std::uint64_t> shared;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(shared));
  return diceCoefficient(shared.size(), a, b);
}

// Removes the words that both share at the beginning, then those at the end.
void dropCommonEnds(Words& first, Words& second) {
  while (!first.empty() && !second.empty() && first.front() == second.front()) {
    first = first.subspan(1);
    second = second.subspan(1);
  }
  while (!first.empty() && !second.empty() && first.back() == second.back()) {
    first = first.first(first.size() - 1);
    second = second.first(second.size() - 1);
  }
}

MatchKind kindOf(const ComparedText& first, const ComparedText& second) {
  if (first.letters == second.letters) return MatchKind::sameText;
  Words a = first.normal.words;
  Words b = second.normal.words;
  dropCommonEnds(a, b);
  // If one only says more than the other, both ask the same thing.
  if (a.empty() || b.empty()) return MatchKind::nearDuplicate;
  return similarityOf(join(a), join(b)) < batterySimilarity ? MatchKind::sameBattery
                                                            : MatchKind::nearDuplicate;
}

// Counts, for one text after the other, the grams that it shares with each text of a survey: far
// fewer steps than comparing all pairs.
class SharedGrams {
 public:
  explicit SharedGrams(const std::vector<ComparedText>& texts) : counts_(texts.size()) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      for (const std::uint64_t gram : texts[i].grams) holders_[gram].push_back(i);
    }
  }

  const std::vector<std::size_t>& countsFor(const Grams& grams) {
    std::fill(counts_.begin(), counts_.end(), 0);
    for (const std::uint64_t gram : grams) {
      const auto holders = holders_.find(gram);
      if (holders == holders_.end()) continue;
      for (const std::size_t text : holders->second) ++counts_[text];
    }
    return counts_;
  }

 private:
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> holders_;
  std::vector<std::size_t> counts_;
};

void checkSimilarity(double similarity) {
  if (similarity > 0.0 && similarity <= 1.0) return;
  throw Error(fmt::format("the similarity asked for is {}", similarity), {},
              "give a number above 0 and up to 1");
}

}  // namespace

std::vector<QuestionMatch> matchQuestions(const Survey& first, const Survey& second,
                                          double similarity) {
  checkSimilarity(similarity);
  const std::vector<ComparedText> firstTexts = textsOf(first);
  const std::vector<ComparedText> secondTexts = textsOf(second);
  const SurveyIndex secondIndex(second);
  SharedGrams shared(secondTexts);
  std::vector<QuestionMatch> matches;
  for (std::size_t i = 0; i < firstTexts.size(); ++i) {
    const ComparedText& text = firstTexts[i];
    if (text.grams.empty()) {
      const auto same = secondIndex.question(first.questions[i].id);
      if (same && second.questions[*same] == first.questions[i]) matches.push_back({i, *same});
      continue;
    }
    const std::vector<std::size_t>& counts = shared.countsFor(text.grams);
    for (std::size_t j = 0; j < counts.size(); ++j) {
      if (counts[j] == 0) continue;
      const double dice = diceCoefficient(counts[j], text.grams, secondTexts[j].grams);
      if (dice >= similarity) matches.push_back({i, j, kindOf(text, secondTexts[j]), dice});
    }
  }
  return matches;
}

}  // namespace canvass
