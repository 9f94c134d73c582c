#pragma once

#include <map>
#include <string>
#include <vector>

#include "asking/ask.h"
#include "engine/forest/forest.h"
#include "engine/language_model.h"
#include "prompt/template.h"
#include "survey/survey.h"

namespace canvass {

// A position in a prompt at which the model's next token answers an item of a survey.
struct AnswerSlot {
  std::size_t position = 0;     // of the last token before the answer: index into the prompt's
  std::vector<TokenId> labels;  // the token that represents each option, in order
  std::size_t item = 0;         // index into the survey's items
};

// A prompt as the model reads it, and where it answers which items.
struct EncodedPrompt {
  std::vector<TokenId> tokens;
  std::vector<AnswerSlot> slots;
};

// The prompt as a forest is built of it; refers to its tokens.
ForestPrompt forestPromptOf(const EncodedPrompt& prompt);

inline const AnswerSlot& slotOf(const std::vector<EncodedPrompt>& prompts, const PromptSlot& of) {
  return prompts[of.prompt].slots[of.slot];
}

// Renders and tokenizes prompts. Label tokens are found by tokenizing the prompt with each label
// appended: the first token that the label adds. Throws Error if it merges with the prompt's end,
// two options share one, or a prompt is longer than the model's positions.
class PromptEncoder {
 public:
  explicit PromptEncoder(const LanguageModel& model) : model_(model) {}

  // The prompt of one item of the survey, which it answers at its end.
  EncodedPrompt encode(const Prompt& prompt, const Survey& survey, std::size_t item);
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
    std::vector<TokenId> labels;
  };

  const LanguageModel& model_;
  std::map<std::string, KnownLabels> known_;  // by question id
};

// "question Q1, population Japan": names an item in messages.
std::string placeOf(const Question& question, const Population& population);

// Throws Error if the template reads something other than the first token.
void checkReadsFirstToken(const Template& asking);
// Throws Error if the prompts of the template have the model write before it answers.
void checkWritesNothing(const Template& asking, const std::vector<Prompt>& prompts);

// Prompts of the survey's items, one for each, in order.
std::vector<EncodedPrompt> encodePrompts(const LanguageModel& model, const Survey& survey,
                                         const std::vector<Prompt>& prompts);

// One encoded prompt for each item of the survey, in order. Throws Error for a template that does
// not read the first token, or has the model write something before.
std::vector<EncodedPrompt> encodeItems(const LanguageModel& model, const Survey& survey,
                                       const Template& asking, const EvidenceFor& evidence = {});

}  // namespace canvass
