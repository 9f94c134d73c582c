#include "model_tasks/make_predictor.h"

#include "asking/evidence.h"
#include "base/stopwatch.h"
#include "engine/embedding/sentence_embedder.h"
#include "model_tasks/asking_plan.h"
#include "model_tasks/decoder_predictors.h"
#include "model_tasks/encoder_predictor.h"

namespace canvass {
namespace {

// Finds evidence for the items of a survey; empty if none was given.
EvidenceFor evidenceFor(const PredictorOptions& options, const Survey& toPredict) {
  if (!options.evidence) return {};
  std::shared_ptr<const TextEmbedder> embedder;
  if (options.encoder) embedder = std::make_shared<SentenceEmbedder>(*options.encoder);
  const auto source =
      std::make_shared<EvidenceSource>(options.evidence->observed, toPredict, std::move(embedder));
  return [source](const Question& question, const Population& population, std::size_t count) {
    return source->forItem(question, population, count);
  };
}

}  // namespace

std::unique_ptr<ModelPredictor> makePredictor(const PredictorOptions& options,
                                              const Survey& toPredict, Progress& progress) {
  const AskingPlan plan = planAsking(options);
  setThreads(options.model.threads);
  if (!plan.readsPrompts) return std::make_unique<EncoderPredictor>(options, progress);
  DecoderToAsk asked;
  asked.options = options;
  asked.evidence = evidenceFor(options, toPredict);
  const Stopwatch watch;
  asked.model = std::make_shared<const LanguageModel>(options.model.options(), progress);
  asked.loadSeconds = watch.seconds();
  return decoderPredictor(std::move(asked));
}

}  // namespace canvass
