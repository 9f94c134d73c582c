#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// What a template makes of one question and one population. A base model reads `user` followed by
// `answerPrefix`; an instruct model reads `user` as the user's turn inside its chat format, and
// `answerPrefix` opens the assistant's turn. The first token after it is the answer.
struct Prompt {
  std::string user;
  std::string answerPrefix;  // " If had to select one of the options, my answer would be ("
};

// A way of asking: how question and population become a prompt.
class Template {
 public:
  virtual ~Template() = default;
  virtual std::string name() const = 0;
  // `language`: the survey's; throws Error where the template has no wording in it.
  virtual Prompt render(const Question& question, const Population& population,
                        std::string_view language) const = 0;
};

// The built-in templates by name: "paper", "question-first". Throws Error naming the known ones.
const Template& findTemplate(std::string_view name);
std::vector<std::string> templateNames();

}  // namespace canvass
