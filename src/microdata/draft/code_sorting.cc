#include "microdata/draft/code_sorting.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "microdata/draft/non_answers.h"

namespace canvass {
namespace {

// What a code, without its words, says against its being an answer.
enum class Evidence { none, edge, strong };

struct ReadCode {
  const LabeledCode* code = nullptr;
  NonAnswerReading reading;
  Evidence evidence = Evidence::none;

  bool isSuspect() const { return reading.certainty >= Certainty::soft; }
  bool isMissingByTheFile() const { return code->isUserMissing || code->isSystemMissing; }
};

double numberOf(const LabeledCode& code) { return valueOf(code.code).number; }

// The numbers of the codes that nothing speaks against.
struct AnswerRange {
  bool hasTexts = false;  // some of the codes are texts
  double least = std::numeric_limits<double>::infinity();
  double greatest = -std::numeric_limits<double>::infinity();
};

AnswerRange rangeOfAnswers(const std::vector<ReadCode>& codes) {
  AnswerRange range;
  for (const ReadCode& one : codes) {
    if (one.isSuspect() || one.isMissingByTheFile()) continue;
    if (one.code->isText()) {
      range.hasTexts = true;
      continue;
    }
    if (!one.code->isLabeled && numberOf(*one.code) < 0.0) continue;
    range.least = std::min(range.least, numberOf(*one.code));
    range.greatest = std::max(range.greatest, numberOf(*one.code));
  }
  return range;
}

// Points from -3 to 3: as far below 0 as above.
bool areSymmetric(const std::vector<ReadCode>& codes, const AnswerRange& range) {
  double least = 0.0;
  for (const ReadCode& one : codes) {
    if (!one.code->isText() && !one.isMissingByTheFile()) {
      least = std::min(least, numberOf(*one.code));
    }
  }
  return range.greatest > 1.0 && least == -range.greatest;
}

bool isUpperCase(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

// Options that are abbreviations, as parties and countries have them.
bool areAbbreviations(const std::vector<ReadCode>& codes) {
  std::size_t words = 0;
  std::size_t abbreviations = 0;
  for (const ReadCode& one : codes) {
    if (one.isSuspect() || one.code->words().empty()) continue;
    ++words;
    if (one.code->words().size() <= 5 && isUpperCase(one.code->words())) ++abbreviations;
  }
  return abbreviations > 0 && 2 * abbreviations >= words;
}

Evidence evidenceOf(const ReadCode& one, const AnswerRange& range, const SortingRules& rules,
                    bool areShort) {
  if (one.isMissingByTheFile()) return Evidence::strong;
  const bool mayBeName = one.reading.isShort && areShort;
  if (rules.repeated != nullptr && rules.repeated->isConvention(*one.code) && !mayBeName) {
    return Evidence::strong;
  }
  // A text where the answers are numbers.
  if (one.code->isText()) {
    const bool areNumbers = range.least <= range.greatest && !range.hasTexts;
    return areNumbers ? Evidence::strong : Evidence::none;
  }
  const double number = numberOf(*one.code);
  if (number < 0.0 && number < range.least) return Evidence::strong;
  if (number > range.greatest + 1.5) return Evidence::strong;
  if (number > range.greatest || number < range.least) {
    return mayBeName ? Evidence::none : Evidence::edge;
  }
  return Evidence::none;
}

// Whether another code is a non-answer beyond doubt, so that one next to it may be one, too.
bool hasSureCompanion(const std::vector<ReadCode>& codes, const ReadCode& except) {
  return std::any_of(codes.begin(), codes.end(), [&except](const ReadCode& one) {
    return one.code != except.code && one.reading.certainty == Certainty::sure;
  });
}

bool isTaken(const ReadCode& one, const std::vector<ReadCode>& codes, const SortingRules& rules) {
  switch (one.reading.certainty) {
    case Certainty::sure:
      return true;
    case Certainty::likely:
      if (one.evidence == Evidence::strong) return true;
      return one.evidence == Evidence::edge && !rules.isAttribute &&
             (one.reading.isShort || hasSureCompanion(codes, one));
    case Certainty::soft:
      return one.evidence == Evidence::strong && !rules.isAttribute;
    default:
      return false;
  }
}

std::vector<ReadCode> readCodes(const std::vector<LabeledCode>& codes, const SortingRules& rules) {
  std::vector<ReadCode> all;
  for (const LabeledCode& code : codes) all.push_back({&code, readNonAnswer(code.words())});
  const AnswerRange range = rangeOfAnswers(all);
  const bool areShort = areAbbreviations(all);
  for (ReadCode& one : all) one.evidence = evidenceOf(one, range, rules, areShort);
  return all;
}

class Sorter {
 public:
  Sorter(const std::vector<LabeledCode>& codes, const SortingRules& rules)
      : rules_(rules),
        codes_(readCodes(codes, rules)),
        range_(rangeOfAnswers(codes_)),
        isSymmetric_(areSymmetric(codes_, range_)) {}

  SortedCodes sort() {
    for (const ReadCode& one : codes_) {
      if (isByWords(one)) ++byWords_;
      if (!isNonAnswer(one)) ++answers_;
    }
    // One answer and "Don't know" are a question about knowing.
    keepsWords_ = answers_ < 2 && answers_ + byWords_ >= 2;
    for (const ReadCode& one : codes_) put(one);
    return std::move(sorted_);
  }

 private:
  // Taken for its words alone: the code does not say so too. A text is its own words.
  bool isByWords(const ReadCode& one) const {
    const bool isSureText = one.code->isText() && one.reading.certainty == Certainty::sure;
    return one.evidence != Evidence::strong && !isSureText && isTaken(one, codes_, rules_);
  }
  bool isUnlabeledNegative(const ReadCode& one) const {
    if (isSymmetric_ || !one.code->label.empty()) return false;
    if (one.code->isText()) return one.code->code == "-inf";  // as readers write it
    return numberOf(*one.code) < 0.0 && numberOf(*one.code) < range_.least &&
           range_.least < range_.greatest;
  }
  bool isNonAnswer(const ReadCode& one) const {
    return one.isMissingByTheFile() || isTaken(one, codes_, rules_) || isUnlabeledNegative(one);
  }
  void put(const ReadCode& one);
  void putMissing(const ReadCode& one);
  void check(const std::string& what) { sorted_.checks.push_back(what); }

  const SortingRules& rules_;
  std::vector<ReadCode> codes_;
  AnswerRange range_;
  bool isSymmetric_;
  std::size_t answers_ = 0;
  std::size_t byWords_ = 0;
  bool keepsWords_ = false;
  SortedCodes sorted_;
};

void Sorter::putMissing(const ReadCode& one) {
  const bool isKnown = one.isSuspect();
  sorted_.nonAnswers.push_back(
      {*one.code, isKnown ? one.reading.kind : MissingKind::notAsked, isKnown});
  if (isKnown) return;
  if (one.isMissingByTheFile()) {
    check(
        fmt::format("code {} \"{}\" is missing by the file's own rules, of a kind that no words "
                    "say: not asked?",
                    one.code->code, one.code->label));
  } else {
    check(fmt::format("code {} has no label: not asked, or an answer?", one.code->code));
  }
}

void Sorter::put(const ReadCode& one) {
  if (isNonAnswer(one) && !(keepsWords_ && isByWords(one))) return putMissing(one);
  sorted_.answers.push_back(*one.code);
  if (one.reading.certainty == Certainty::none) return;
  ++sorted_.doubtful;
  check(fmt::format("code {} \"{}\" is kept as an answer: is it one?", one.code->code,
                    one.code->words()));
}

}  // namespace

SortedCodes sortCodes(const std::vector<LabeledCode>& codes, const SortingRules& rules) {
  return Sorter(codes, rules).sort();
}

}  // namespace canvass
