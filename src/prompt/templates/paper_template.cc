#include "prompt/templates/templates.h"
#include "prompt/wording.h"

namespace canvass {
namespace {

const std::vector<Wording>& wordings() {
  static const std::vector<Wording> all = {
      {"en", "How would ", " answer the following question:\n\n", " \nHere are the options: \n",
       " If had to select one of the options, my answer would be ("},
      {"zh", "", "会如何回答以下问题：\n\n", "\n以下是选项：\n",
       " 如果必须从中选择一项，我的回答是("},
  };
  return all;
}

class PaperTemplate : public Template {
 public:
  std::string name() const override { return "paper"; }

  Prompt render(const Question& question, const Population& population,
                std::string_view language) const override {
    const Wording& words = wordingIn(language, wordings(), name());
    return {words.beforePhrase + phraseOf(population) + words.afterPhrase + question.text +
                words.beforeOptions + optionList(question),
            words.answerPrefix};
  }
};

}  // namespace

const Template& paperTemplate() {
  static const PaperTemplate instance;
  return instance;
}

}  // namespace canvass
