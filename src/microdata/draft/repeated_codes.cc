#include "microdata/draft/repeated_codes.h"

#include "microdata/draft/label_words.h"
#include "microdata/draft/non_answers.h"

namespace canvass {
namespace {

constexpr std::size_t minContexts = 3;

std::string keyOf(const LabeledCode& code) { return code.code + '\n' + joinedWords(code.words()); }

bool mayBeNonAnswer(const LabeledCode& code) {
  return readNonAnswer(code.words()).certainty >= Certainty::soft;
}

}  // namespace

void RepeatedCodes::add(const std::vector<LabeledCode>& codes) {
  std::string others;
  for (const LabeledCode& one : codes) {
    if (!mayBeNonAnswer(one)) others += one.code + '\n' + one.label + '\n';
  }
  for (const LabeledCode& one : codes) {
    if (mayBeNonAnswer(one)) contexts_[keyOf(one)].insert(others);
  }
}

bool RepeatedCodes::isConvention(const LabeledCode& code) const {
  const auto found = contexts_.find(keyOf(code));
  return found != contexts_.end() && found->second.size() >= minContexts;
}

}  // namespace canvass
