#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/language_model.h"
#include "prompt/template.h"
#include "survey/survey.h"

namespace canvass {

// A prompt as the model reads it, and the tokens whose logits answer it.
struct EncodedPrompt {
  std::vector<TokenId> tokens;
  std::vector<TokenId> labelTokens;  // one for each option, in order
};

// Renders and tokenizes prompts. Label tokens are found by tokenizing the prompt with each label
// appended: the first token that the label adds. Throws Error where it merges with the prompt's
// end, two options share one, or a prompt is longer than the model's positions.
class PromptEncoder {
 public:
  PromptEncoder(const LanguageModel& model, const Template& asking, std::string language);

  EncodedPrompt encode(const Question& question, const Population& population);

 private:
  std::vector<TokenId> encodeText(const PromptText& text) const;
  std::vector<TokenId> findLabelTokens(const PromptText& text, const std::vector<TokenId>& tokens,
                                       const std::vector<std::string>& labels,
                                       const Question& question) const;

  // The label tokens of a question hold for every population whose prompt ends the same way.
  struct KnownLabels {
    std::string ending;
    TokenId lastToken = 0;
    std::vector<TokenId> labelTokens;
  };

  const LanguageModel& model_;
  const Template& template_;
  std::string language_;
  std::map<std::string, KnownLabels> known_;  // by question id
};

// One encoded prompt for each item of the survey, in order.
std::vector<EncodedPrompt> encodeItems(const LanguageModel& model, const Survey& survey,
                                       const std::string& templateName);

}  // namespace canvass
