#include "engine/encoded_prompt.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "model/decoder.h"

namespace canvass {
namespace {

std::string place(const Question& question, const Population& population) {
  return fmt::format("question {}, population {}", question.id, population.id);
}

void checkDistinct(const std::vector<TokenId>& tokens, const std::vector<std::string>& labels,
                   const Question& question) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto twin = std::find(tokens.begin(), tokens.begin() + static_cast<long>(i), tokens[i]);
    if (twin == tokens.begin() + static_cast<long>(i)) continue;
    const auto other = static_cast<std::size_t>(twin - tokens.begin());
    throw Error(fmt::format("the labels \"{}\" and \"{}\" are the same token in this model",
                            labels[other], labels[i]),
                "question " + question.id, "give the options other labels");
  }
}

void checkReadsFirstToken(const Template& asking) {
  if (asking.reading() == Reading::firstToken) return;
  throw Error(fmt::format("the template '{}' has the model write {}, which is not read here",
                          asking.name(), readingName(asking.reading())),
              "", "choose one that reads the first token: canvass templates lists them");
}

}  // namespace

PromptEncoder::PromptEncoder(const LanguageModel& model, const Template& asking,
                             std::string language)
    : model_(model), template_(asking), language_(std::move(language)) {}

std::vector<TokenId> PromptEncoder::encodeText(const PromptText& text) const {
  EncodeOptions options;
  options.addSpecialTokens = !text.specialTokensWritten;
  options.parseSpecialTokens = text.specialTokensWritten;
  options.literal = text.literal;
  return model_.tokenizer->encode(text.text, options);
}

std::vector<TokenId> PromptEncoder::findLabelTokens(const PromptText& text,
                                                    const std::vector<TokenId>& tokens,
                                                    const std::vector<std::string>& labels,
                                                    const Question& question) const {
  std::vector<TokenId> labelTokens;
  for (const std::string& label : labels) {
    PromptText labelled = text;
    labelled.text += label;
    if (!labelled.literal.empty()) labelled.literal.back().second = labelled.text.size();
    const auto encoded = encodeText(labelled);
    const bool extends =
        encoded.size() > tokens.size() && std::equal(tokens.begin(), tokens.end(), encoded.begin());
    if (!extends) {
      throw Error(
          fmt::format("the label \"{}\" merges with the end of the prompt into one token", label),
          "question " + question.id, "choose a template that ends in another character");
    }
    labelTokens.push_back(encoded[tokens.size()]);
  }
  checkDistinct(labelTokens, labels, question);
  return labelTokens;
}

EncodedPrompt PromptEncoder::encode(const Question& question, const Population& population) {
  const Prompt asked = template_.render(question, population, language_);
  const PromptText text = model_.chat.wrap(asked);
  EncodedPrompt prompt;
  prompt.tokens = encodeText(text);
  const auto limit = static_cast<std::size_t>(model_.decoder->config().maxPositions);
  if (prompt.tokens.size() > limit) {
    throw Error(fmt::format("the prompt has {} tokens, the model reads at most {}",
                            prompt.tokens.size(), limit),
                place(question, population));
  }
  const std::string ending =
      text.text.substr(text.text.size() - std::min<std::size_t>(text.text.size(), 16));
  KnownLabels& known = known_[question.id];
  if (known.labelTokens.empty() || known.ending != ending ||
      known.lastToken != prompt.tokens.back()) {
    known = {ending, prompt.tokens.back(),
             findLabelTokens(text, prompt.tokens, asked.labels, question)};
  }
  prompt.labelTokens = known.labelTokens;
  return prompt;
}

std::vector<EncodedPrompt> encodeItems(const LanguageModel& model, const Survey& survey,
                                       const std::string& templateName) {
  const Template& asking = findTemplate(templateName);
  checkReadsFirstToken(asking);
  PromptEncoder encoder(model, asking, survey.language);
  std::vector<EncodedPrompt> prompts;
  prompts.reserve(survey.items.size());
  for (const Item& item : survey.items) {
    prompts.push_back(encoder.encode(survey.questionOf(item), survey.populationOf(item)));
  }
  return prompts;
}

}  // namespace canvass
