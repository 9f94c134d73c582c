#include "confidence/answer_text.h"

#include <algorithm>

namespace canvass {

AnswerText answerText(const Question& question, const Population& population,
                      const Distribution& predicted) {
  AnswerText text{question.text, {}, population.phrase, {}};
  for (const Option& option : question.options) text.options += option.text + "\n";
  const auto top = std::max_element(predicted.begin(), predicted.end()) - predicted.begin();
  text.answer = question.options[static_cast<std::size_t>(top)].text;
  return text;
}

}  // namespace canvass
