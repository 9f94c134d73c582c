#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// What a template says in one language, around the question's text, options and population.
struct Wording {
  std::string language;       // of the survey: "en"
  std::string beforePhrase;   // "How would "
  std::string afterPhrase;    // " answer the following question:\n\n"
  std::string beforeOptions;  // "\nHere are the options:\n"
  std::string answerPrefix;   // " They would answer ("
};

// The wording in a language. Throws Error naming the template and the languages it has.
const Wording& wordingIn(std::string_view language, const std::vector<Wording>& wordings,
                         const std::string& templateName);

// The options as every template lists them: "(A)Yes, (B)No".
std::string optionList(const Question& question);

// The words for one of the population. Throws Error where the survey gives none.
const std::string& phraseOf(const Population& population);

}  // namespace canvass
