#include "prompt/templates/templates.h"
#include "prompt/wording.h"

namespace canvass {
namespace {

const std::vector<Wording>& wordings() {
  static const std::vector<Wording> all = {
      {"en", "\nHow would ", " answer this question?", "\nHere are the options:\n",
       " They would answer ("},
      {"zh", "\n", "会如何回答这个问题？", "\n以下是选项：\n", " 他们的回答是("},
  };
  return all;
}

class QuestionFirstTemplate : public Template {
 public:
  std::string name() const override { return "question-first"; }

  Prompt render(const Question& question, const Population& population,
                std::string_view language) const override {
    const Wording& words = wordingIn(language, wordings(), name());
    return {question.text + words.beforeOptions + optionList(question) + words.beforePhrase +
                phraseOf(population) + words.afterPhrase,
            words.answerPrefix};
  }
};

}  // namespace

const Template& questionFirstTemplate() {
  static const QuestionFirstTemplate instance;
  return instance;
}

}  // namespace canvass
