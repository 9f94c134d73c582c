#include "engine/scoring/encoded_prompt.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "model/decoder.h"

namespace canvass {
namespace {

void checkDistinct(const std::vector<TokenId>& tokens, const std::vector<std::string>& labels,
                   const Question& question) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto duplicate =
        std::find(tokens.begin(), tokens.begin() + static_cast<long>(i), tokens[i]);
    if (duplicate == tokens.begin() + static_cast<long>(i)) continue;
    const auto other = static_cast<std::size_t>(duplicate - tokens.begin());
    throw Error(
        fmt::format(
            "the labels \"{}\" and \"{}\" begin with the same token in this model, whose next "
            "token cannot tell them apart",
            labels[other], labels[i]),
        "question " + question.id,
        "combine codes into fewer options, or give them other labels: in a template, labels = "
        "[...]");
  }
}

}  // namespace

std::string placeOf(const Question& question, const Population& population) {
  return fmt::format("question {}, population {}", question.id, population.id);
}

void checkReadsFirstToken(const Template& asking) {
  if (asking.reading() == Reading::firstToken) return;
  throw Error(fmt::format("the template '{}' has the model write {}, which is not supported here",
                          asking.name(), readingName(asking.reading())),
              "", "choose one that reads the first token: canvass templates lists them");
}

void checkWritesNothing(const Template& asking, const std::vector<Prompt>& prompts) {
  if (prompts.empty() || !prompts.front().thoughts) return;
  throw Error(
      fmt::format(
          "the template '{}' has the model write before it answers, which is not supported here",
          asking.name()),
      "", "choose one that reads the first token at once: canvass templates lists them");
}

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
    PromptText labeled = text;
    labeled.text += label;
    if (!labeled.literal.empty()) labeled.literal.back().end = labeled.text.size();
    const auto encoded = encodeText(labeled);
    const bool extends =
        encoded.size() > tokens.size() && std::equal(tokens.begin(), tokens.end(), encoded.begin());
    if (!extends) {
      throw Error(
          fmt::format("the label \"{}\" merges with the end of the prompt into one token", label),
          "question " + question.id,
          "choose a template, or an answer prefix, that ends in another character");
    }
    labelTokens.push_back(encoded[tokens.size()]);
  }
  checkDistinct(labelTokens, labels, question);
  return labelTokens;
}

void PromptEncoder::checkLength(const std::vector<TokenId>& tokens, const Question& question,
                                const Population& population) const {
  const auto limit = static_cast<std::size_t>(model_.decoder->config().maxPositions);
  if (tokens.size() <= limit) return;
  throw Error(
      fmt::format("the prompt has {} tokens, but the model reads at most {}", tokens.size(), limit),
      placeOf(question, population));
}

std::vector<TokenId> PromptEncoder::tokensOf(const Prompt& prompt, const Question& question,
                                             const Population& population) const {
  std::vector<TokenId> tokens = encodeText(model_.chat.wrap(prompt));
  checkLength(tokens, question, population);
  return tokens;
}

EncodedPrompt PromptEncoder::encode(const Prompt& asked, const Survey& survey, std::size_t item) {
  const Question& question = survey.questionOf(survey.items[item]);
  const PromptText text = model_.chat.wrap(asked);
  EncodedPrompt prompt;
  prompt.tokens = encodeText(text);
  checkLength(prompt.tokens, question, survey.populationOf(survey.items[item]));
  const std::string ending =
      text.text.substr(text.text.size() - std::min<std::size_t>(text.text.size(), 16));
  KnownLabels& known = known_[question.id];
  if (known.labels.empty() || known.ending != ending || known.lastToken != prompt.tokens.back()) {
    known = {ending, prompt.tokens.back(),
             findLabelTokens(text, prompt.tokens, asked.labels, question)};
  }
  prompt.slots.push_back({prompt.tokens.size() - 1, known.labels, item});
  return prompt;
}

ForestPrompt forestPromptOf(const EncodedPrompt& prompt) {
  ForestPrompt asked{&prompt.tokens, {}};
  for (const AnswerSlot& slot : prompt.slots) asked.slots.push_back(slot.position);
  return asked;
}

std::vector<EncodedPrompt> encodePrompts(const LanguageModel& model, const Survey& survey,
                                         const std::vector<Prompt>& prompts) {
  PromptEncoder encoder(model);
  std::vector<EncodedPrompt> encoded;
  encoded.reserve(prompts.size());
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    encoded.push_back(encoder.encode(prompts[i], survey, i));
  }
  return encoded;
}

std::vector<EncodedPrompt> encodeItems(const LanguageModel& model, const Survey& survey,
                                       const Template& asking, const EvidenceFor& evidence) {
  checkReadsFirstToken(asking);
  const std::vector<Prompt> prompts = renderItems(survey, asking, evidence);
  checkWritesNothing(asking, prompts);
  return encodePrompts(model, survey, prompts);
}

}  // namespace canvass
