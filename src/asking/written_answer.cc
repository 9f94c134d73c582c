#include "asking/written_answer.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "text/lines.h"
#include "text/normal_text.h"

namespace canvass {
namespace {

using Words = std::vector<std::u32string>;

constexpr std::string_view space = " \t\r\n";

// Words after which a label is the answer. The Chinese ones need no space before it.
constexpr const char* cues[] = {"answer", "option", "choose", "choice", "select", "pick",
                                "答案",   "选择",   "选项",   "回答",   "选"};
constexpr const char* betweenCueAndLabel[] = {"is",     "would", "be",  "the", "option",
                                              "answer", "my",    "are", "was", "是"};
constexpr const char* refusals[] = {
    "as an ai",         "language model", "i cannot",  "i can't",           "i can not",
    "unable to",        "i am sorry",     "i'm sorry", "personal opinions", "personal beliefs",
    "prefer not to",    "decline to",     "refuse to", "not able to",       "not appropriate",
    "作为一个人工智能", "语言模型",       "无法回答",  "不能回答",          "抱歉",
    "个人观点"};
constexpr const char* negations[] = {"not", "no", "never", "不", "没"};

std::string_view firstLine(std::string_view text) {
  text = trimmed(text, space);
  return trimmed(text.substr(0, text.find('\n')), space);
}

bool startsWith(const Words& words, const Words& beginning) {
  return words.size() >= beginning.size() &&
         std::equal(beginning.begin(), beginning.end(), words.begin());
}

// The label that a line begins with.
std::optional<std::size_t> labelAtBeginning(std::string_view line, const Question& question) {
  line = line.substr(std::min(line.find_first_not_of("(*[\"' "), line.size()));
  for (std::size_t k = 0; k < question.options.size(); ++k) {
    const Option& option = question.options[k];
    if (!line.starts_with(option.label)) continue;
    const std::string_view rest = line.substr(option.label.size());
    if (rest.empty() ||
        std::string_view(").:,]*\"'").find(rest.front()) != std::string_view::npos ||
        rest.starts_with("）") || rest.starts_with("：") || rest.starts_with("。")) {
      return k;
    }
    const bool spaced = space.find(rest.front()) != std::string_view::npos;
    const Words words = normalText(option.text).words;
    if (spaced && !words.empty() && startsWith(normalText(rest).words, words)) return k;
  }
  return std::nullopt;
}

// A text's pieces between spaces and brackets, with full-width punctuation as plain.
std::vector<std::string> piecesOf(std::string_view text) {
  std::string spaced(text);
  for (const char* mark : {"：", "（", "）", "，", "。", "“", "”"}) {
    for (std::size_t at = spaced.find(mark); at != std::string::npos; at = spaced.find(mark, at)) {
      spaced.replace(at, std::string_view(mark).size(), " ");
    }
  }
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  while ((begin = spaced.find_first_not_of(" \t\r\n()[]:,.\"'*", begin)) != std::string::npos) {
    const std::size_t end =
        std::min(spaced.find_first_of(" \t\r\n()[]:,.\"'*", begin), spaced.size());
    pieces.push_back(spaced.substr(begin, end - begin));
    begin = end;
  }
  return pieces;
}

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

template <typename List>
bool holds(const List& list, const std::string& word) {
  return std::any_of(std::begin(list), std::end(list),
                     [&](const char* one) { return word == one; });
}

// What follows a cue in the same piece ("答案是B"); nothing if the piece holds none.
std::optional<std::string> afterCue(const std::string& piece) {
  const std::string word = lowered(piece);
  for (const char* cue : cues) {
    const std::size_t found = word.rfind(cue);
    const bool ascii = static_cast<unsigned char>(*cue) < 0x80;
    if (found == std::string::npos || (ascii && word != cue && word != std::string(cue) + "s")) {
      continue;
    }
    if (ascii) return std::string();
    std::string rest = piece.substr(found + std::string_view(cue).size());
    if (rest.starts_with("是")) rest.erase(0, std::string_view("是").size());
    return rest;
  }
  return std::nullopt;
}

// The only label that comes after a cue.
std::optional<std::size_t> labelAfterCue(std::string_view text, const Question& question) {
  const std::vector<std::string> pieces = piecesOf(text);
  std::set<std::size_t> named;
  const auto name = [&](const std::string& piece) {
    for (std::size_t k = 0; k < question.options.size(); ++k) {
      if (question.options[k].label == piece) named.insert(k);
    }
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto rest = afterCue(pieces[i]);
    if (!rest) continue;
    if (!rest->empty()) {
      name(*rest);
      continue;
    }
    std::size_t next = i + 1;
    while (next < pieces.size() && holds(betweenCueAndLabel, lowered(pieces[next]))) ++next;
    if (next < pieces.size()) name(pieces[next]);
  }
  return named.size() == 1 ? std::optional(*named.begin()) : std::nullopt;
}

// The position of one sequence of words in another.
std::vector<std::size_t> placesOf(const Words& part, const Words& whole) {
  std::vector<std::size_t> places;
  if (part.empty()) return places;
  for (auto at = whole.begin();
       (at = std::search(at, whole.end(), part.begin(), part.end())) != whole.end(); ++at) {
    places.push_back(static_cast<std::size_t>(at - whole.begin()));
  }
  return places;
}

bool refuses(const Words& words) {
  return std::any_of(std::begin(refusals), std::end(refusals), [&](const char* phrase) {
    return !placesOf(normalText(phrase).words, words).empty();
  });
}

bool isNegated(const Words& words, std::size_t at) {
  return at > 0 && std::any_of(std::begin(negations), std::end(negations), [&](const char* word) {
           return normalText(word).words.front() == words[at - 1];
         });
}

// The only option whose words appear in the text.
std::optional<std::size_t> optionByWords(const Words& words, const Question& question) {
  struct Place {
    std::size_t begin, end, option;
  };
  std::vector<Place> places;
  for (std::size_t k = 0; k < question.options.size(); ++k) {
    const Words part = normalText(question.options[k].text).words;
    for (const std::size_t at : placesOf(part, words)) places.push_back({at, at + part.size(), k});
  }
  std::set<std::size_t> named;
  for (const Place& place : places) {
    const bool inside = std::any_of(places.begin(), places.end(), [&](const Place& other) {
      return other.begin <= place.begin && place.end <= other.end &&
             other.end - other.begin > place.end - place.begin;
    });
    if (!inside && !isNegated(words, place.begin)) named.insert(place.option);
  }
  return named.size() == 1 ? std::optional(*named.begin()) : std::nullopt;
}

}  // namespace

WrittenAnswer readWrittenAnswer(std::string_view text, const Question& question) {
  if (findInvalidUtf8(text)) return {};
  if (const auto option = labelAtBeginning(firstLine(text), question)) {
    return {AnswerKind::label, *option};
  }
  if (const auto option = labelAfterCue(text, question)) return {AnswerKind::label, *option};
  const Words words = normalText(text).words;
  if (refuses(words)) return {AnswerKind::refusal, 0};
  if (const auto option = optionByWords(words, question)) return {AnswerKind::text, *option};
  return {};
}

const char* answerKindName(AnswerKind kind) {
  constexpr const char* names[] = {"label", "refusal", "text", "none"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace canvass
