#include "prompt/wording.h"

#include "base/error.h"

namespace canvass {

const Wording& wordingIn(std::string_view language, const std::vector<Wording>& wordings,
                         const std::string& templateName) {
  std::string known;
  for (const Wording& wording : wordings) {
    if (wording.language == language) return wording;
    known += (known.empty() ? "" : ", ") + wording.language;
  }
  throw Error("the template '" + templateName + "' has no wording in the language '" +
                  std::string(language) + "'",
              "", "it has: " + known);
}

std::string optionList(const Question& question) {
  std::string list;
  for (const Option& option : question.options) {
    if (!list.empty()) list += ", ";
    list += "(" + option.label + ")" + option.text;
  }
  return list;
}

const std::string& phraseOf(const Population& population) {
  if (!population.phrase.empty()) return population.phrase;
  throw Error("the population '" + population.id + "' has no phrase for a prompt", "",
              "give it one in the survey, such as \"someone from Japan\"");
}

}  // namespace canvass
