#include "engine/scorer.h"

#include <torch/torch.h>

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

}  // namespace

Predictions predict(const LanguageModel& model, const Survey& survey,
                    const PredictOptions& options, Progress& progress) {
  const at::NoGradGuard noGradients;
  const auto prompts = encodeItems(model, survey, options.templateName);
  std::vector<std::optional<Prediction>> answered(prompts.size());
  std::size_t done = 0;
  for (const Forest& forest : buildForests(allSequences(prompts), options.forest)) {
    if (progress.stopRequested()) break;
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
  Predictions result{{model.name, model.adapterName, options.templateName,
                      precisionName(model.precision)}, {}};
  for (auto& prediction : answered) {
    if (prediction) result.predictions.push_back(std::move(*prediction));
  }
  return result;
}

}  // namespace canvass
