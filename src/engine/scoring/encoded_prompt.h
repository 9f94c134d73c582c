#pragma once

#include <map>
#include <string>
#include <vector>

#include "asking/ask.h"
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
  explicit PromptEncoder(const LanguageModel& model) : model_(model) {}

  EncodedPrompt encode(const Prompt& prompt, const Question& question,
                       const Population& population);
  // Its tokens alone, for a model that writes its answer.
  std::vector<TokenId> tokensOf(const Prompt& prompt, const Question& question,
                                const Population& population) const;

 private:
  void checkLength(const std::vector<TokenId>& tokens, const Question& question,
                   const Population& population) const;
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
  std::map<std::string, KnownLabels> known_;  // by question id
};

// "question Q1, population Japan": names an item in messages.
std::string placeOf(const Question& question, const Population& population);

// Throws Error where the template reads something else than the first token.
void checkReadsFirstToken(const Template& asking);
// Throws Error where the prompts of the template have the model write before it answers.
void checkWritesNothing(const Template& asking, const std::vector<Prompt>& prompts);

// Prompts of the survey's items, in order.
std::vector<EncodedPrompt> encodePrompts(const LanguageModel& model, const Survey& survey,
                                         const std::vector<Prompt>& prompts);

// One encoded prompt for each item of the survey, in order. Throws Error for a template that does
// not read the first token, or has the model write something before.
std::vector<EncodedPrompt> encodeItems(const LanguageModel& model, const Survey& survey,
                                       const std::string& templateName,
                                       const EvidenceFor& evidence = {});

}  // namespace canvass
