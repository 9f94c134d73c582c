#include "engine/scoring/scorer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <utility>

#include "base/stopwatch.h"
#include "engine/forest/forest_plan.h"
#include "engine/forest/pack.h"
#include "engine/scoring/encoded_prompt.h"
#include "engine/scoring/option_logits.h"
#include "engine/writing/thoughts.h"
#include "model/decoder.h"

namespace canvass {
namespace {

// `options`: logits of the options' tokens [options], fp64; `total`: the log-sum-exp of all
// tokens'.
void readAnswer(const at::Tensor& options, double total, Prediction& out) {
  const at::Tensor shares = options.softmax(0);
  const auto count = static_cast<std::size_t>(options.size(0));
  out.logits.assign(options.data_ptr<double>(), options.data_ptr<double>() + count);
  out.probabilities.assign(shares.data_ptr<double>(), shares.data_ptr<double>() + count);
  out.optionMass = std::exp(options.logsumexp(0).item<double>() - total);
}

std::vector<Prediction> answer(const LanguageModel& model, const Survey& survey,
                               const std::vector<EncodedPrompt>& prompts, const Forest& forest,
                               ExecutionContext& context) {
  const at::Tensor states = model.decoder->answerStates(pack(forest), context);
  const LabelTokens labels = labelTokensOf(forest, prompts);
  const AnswerLogits logits = model.decoder->head().answers(states, labels.tokens, context);
  const at::Tensor chosen = logits.chosen.to(at::kCPU, at::kDouble);
  const at::Tensor totals = logits.total.cpu();
  std::vector<Prediction> answered;
  for (std::int64_t row = 0; row < states.size(0); ++row) {
    const AnswerSlot& slot = slotOf(prompts, forest.slots[answered.size()]);
    answered.push_back(predictionFor(survey, survey.items[slot.item]));
    const auto options = static_cast<std::int64_t>(slot.labels.size());
    readAnswer(chosen[row].narrow(0, 0, options), totals[row].item<double>(), answered.back());
  }
  return answered;
}

// Fills in what the template has the model write first; false if progress asked to stop.
bool think(std::vector<Prompt>& prompts, const LanguageModel& model, const Survey& survey,
           const PredictOptions& options, Progress& progress) {
  checkReadsFirstToken(options.asking);
  if (prompts.empty() || !prompts.front().thoughts) return true;
  const WritingOptions writing{
      .sampling = options.thinking, .seed = options.seed, .forest = options.forest};
  return writeThoughts(prompts, model, survey, writing, progress);
}

}  // namespace

ScoringWork& ScoringWork::operator+=(const ScoringWork& later) {
  items += later.items;
  promptTokens += later.promptTokens;
  distinctTokens += later.distinctTokens;
  computedTokens += later.computedTokens;
  forests += later.forests;
  headRows += later.headRows;
  encodeSeconds += later.encodeSeconds;
  computeSeconds += later.computeSeconds;
  workers = later.workers;
  operations += later.operations;
  return *this;
}

ScoringWork answerPrompts(const PredictionSink& sink, const LanguageModel& model,
                          const Survey& survey, const std::vector<EncodedPrompt>& prompts,
                          const ForestOptions& options, Progress& progress) {
  ScoringWork work;
  std::vector<ForestPrompt> asked;
  std::size_t slots = 0;
  for (const EncodedPrompt& prompt : prompts) {
    work.promptTokens += prompt.tokens.size();
    slots += prompt.slots.size();
    asked.push_back(forestPromptOf(prompt));
  }
  const Stopwatch computing;
  const ForestPlan plan = planForests(asked, options, model.decoder->threads());
  work.workers = plan.workers;
  work.distinctTokens = plan.distinctTokens;
  progress.update(0, slots, "");
  std::size_t next = 0;
  std::mutex mutex;  // over everything above and what the caller gave
  runWorkers(plan.workers, [&](std::size_t) {
    const c10::NoGradGuard noGradients;
    ExecutionContext context;
    std::unique_lock lock(mutex);
    while (next < plan.forests.size() && !progress.stopRequested()) {
      const Forest& forest = plan.forests[next++];
      lock.unlock();
      const auto answered = answer(model, survey, prompts, forest, context);
      lock.lock();
      sink(answered);
      ++work.forests;
      work.computedTokens += forest.tokens.size();
      work.headRows += answered.size();
      work.items += answered.size();
      progress.update(work.items, slots, "");
    }
    work.operations += *context.times;
  });
  work.computeSeconds = computing.seconds();
  work.operations.workerSeconds = work.computeSeconds * static_cast<double>(plan.workers.workers);
  return work;
}

ScoringWork predictInto(const PredictionSink& sink, const LanguageModel& model,
                        const Survey& survey, const PredictOptions& options, Progress& progress) {
  const Stopwatch encoding;
  auto rendered = renderItems(survey, options.asking, options.evidence);
  if (!options.answerPrefix.empty()) {
    for (Prompt& prompt : rendered) prompt.answerPrefix = options.answerPrefix;
  }
  if (!think(rendered, model, survey, options, progress)) return {};
  const auto prompts = encodePrompts(model, survey, rendered);
  const double encodeSeconds = encoding.seconds();
  ScoringWork work = answerPrompts(sink, model, survey, prompts, options.forest, progress);
  work.encodeSeconds = encodeSeconds;
  return work;
}

Predictions predict(const LanguageModel& model, const Survey& survey, const PredictOptions& options,
                    Progress& progress) {
  const SurveyIndex index(survey);
  std::map<std::size_t, Prediction> byItem;
  const auto sink = [&](const std::vector<Prediction>& answered) {
    for (const Prediction& prediction : answered) {
      const auto item = index.item(*index.question(prediction.question),
                                   *index.population(prediction.population));
      byItem.emplace(*item, prediction);
    }
  };
  predictInto(sink, model, survey, options, progress);
  Predictions result{sourceOf(model, options), {}};
  for (auto& [item, prediction] : byItem) result.predictions.push_back(std::move(prediction));
  return result;
}

PredictionSource sourceOf(const LanguageModel& model, const PredictOptions& options) {
  PredictionSource source{model.name, model.adapterName, options.asking.name(), precisionOf(model)};
  if (!options.answerPrefix.empty()) {
    source.reading = fmt::format("first token after \"{}\"", options.answerPrefix);
  }
  if (options.asking.hasThoughts()) {
    source.reading =
        fmt::format("{}thoughts at temperature {:g}, seed {}",
                    source.reading.empty() ? "first token after " : source.reading + ", ",
                    options.thinking.temperature, options.seed);
  }
  return source;
}

}  // namespace canvass
