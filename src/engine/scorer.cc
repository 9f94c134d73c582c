#include "engine/scorer.h"

#include <torch/torch.h>

#include <chrono>
#include <optional>
#include <utility>

#include "engine/encoded_prompt.h"
#include "engine/option_logits.h"
#include "engine/pack.h"
#include "model/decoder.h"

namespace canvass {
namespace {

Prediction describe(const Survey& survey, const Item& item) {
  Prediction prediction;
  prediction.question = survey.questionOf(item).id;
  prediction.population = survey.populationOf(item).id;
  for (const Option& option : survey.questionOf(item).options) {
    prediction.labels.push_back(option.label);
  }
  return prediction;
}

// `vocabulary`: logits of every token [vocabularySize], in double.
void readAnswer(const at::Tensor& vocabulary, const EncodedPrompt& prompt, Prediction& out) {
  const std::vector<std::int64_t> tokens(prompt.labelTokens.begin(), prompt.labelTokens.end());
  const at::Tensor options = vocabulary.index_select(0, torch::tensor(tokens, at::kLong));
  const at::Tensor shares = options.softmax(0);
  const double mass = (options.logsumexp(0) - vocabulary.logsumexp(0)).exp().item<double>();
  out.logits.assign(options.data_ptr<double>(), options.data_ptr<double>() + tokens.size());
  out.probabilities.assign(shares.data_ptr<double>(), shares.data_ptr<double>() + tokens.size());
  out.optionMass = mass;
}

std::vector<const std::vector<TokenId>*> allSequences(const std::vector<EncodedPrompt>& prompts) {
  std::vector<const std::vector<TokenId>*> sequences;
  for (const EncodedPrompt& prompt : prompts) sequences.push_back(&prompt.tokens);
  return sequences;
}

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

Predictions predict(const LanguageModel& model, const Survey& survey,
                    const PredictOptions& options, Progress& progress, ScoringWork* work) {
  const at::NoGradGuard noGradients;
  ScoringWork spent;
  auto start = Clock::now();
  const auto prompts = encodeItems(model, survey, options.templateName);
  for (const EncodedPrompt& prompt : prompts) spent.promptTokens += prompt.tokens.size();
  spent.encodeSeconds = secondsSince(start);
  start = Clock::now();
  std::vector<std::optional<Prediction>> answered(prompts.size());
  std::size_t& done = spent.items;
  for (const Forest& forest : buildForests(allSequences(prompts), options.forest)) {
    if (progress.stopRequested()) break;
    spent.computedTokens += forest.tokens.size();
    const at::Tensor logits = model.decoder->logits(model.decoder->answerStates(pack(forest)));
    for (std::size_t row = 0; row < forest.prompts.size(); ++row) {
      const std::size_t index = forest.prompts[row];
      answered[index] = describe(survey, survey.items[index]);
      readAnswer(logits[static_cast<std::int64_t>(row)].to(at::kDouble), prompts[index],
                 *answered[index]);
    }
    done += forest.prompts.size();
    progress.update(done, prompts.size(), "");
  }
  spent.computeSeconds = secondsSince(start);
  if (work != nullptr) *work = spent;
  Predictions result{{model.name, model.adapterName, options.templateName,
                      precisionName(model.precision)}, {}};
  for (auto& prediction : answered) {
    if (prediction) result.predictions.push_back(std::move(*prediction));
  }
  return result;
}

}  // namespace canvass
