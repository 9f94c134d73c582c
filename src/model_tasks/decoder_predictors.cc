#include "model_tasks/decoder_predictors.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/file.h"
#include "base/part_of_progress.h"
#include "model_tasks/text_file.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

// Items at a time if the model writes before it answers: what was written for them is lost if the
// run is interrupted.
constexpr std::size_t itemsThoughtAbout = 256;

constexpr std::size_t answerTokens = 32;
constexpr std::size_t percentageTokens = 200;
constexpr std::size_t textsOfAnItem = 20;

PredictOptions firstTokenOptions(const DecoderToAsk& asked, const AskingPlan& plan) {
  PredictOptions options{*plan.asking};
  options.forest = asked.options.forest.over({});
  options.evidence = asked.evidence;
  options.thinking = {plan.temperature, asked.options.topP.value_or(1.0)};
  options.seed = asked.options.seed.value_or(0);
  options.answerPrefix = asked.options.answerPrefix;
  return options;
}

WrittenPredictOptions writtenOptions(const DecoderToAsk& asked, const AskingPlan& plan) {
  const PredictorOptions& given = asked.options;
  WritingOptions writing;
  writing.sampling = {plan.temperature, given.topP.value_or(1.0)};
  writing.samples = given.samples.value_or(textsOfAnItem);
  writing.maxTokens =
      given.maximumTokens.value_or(plan.readsPercentages ? percentageTokens : answerTokens);
  writing.stops = given.stops;
  writing.seed = given.seed.value_or(0);
  writing.forest = given.forest.over({});
  return {*plan.asking, writing, asked.evidence};
}

std::string chosen(const auto& option) {
  return option ? fmt::format("{}", *option) : std::string("default");
}

// The options of what the model writes, and what opens its answer.
std::string writingText(const PredictorOptions& options) {
  return fmt::format(
      "samples {}, temperature {}, top-p {}, tokens {}, seed {}, stops {}, prefix {}",
      chosen(options.samples), chosen(options.temperature), chosen(options.topP),
      chosen(options.maximumTokens), chosen(options.seed), Json(options.stops).dump(),
      Json(options.answerPrefix).dump());
}

}  // namespace

AnswerDependencies DecoderPredictor::dependencies() const {
  const PredictorOptions& options = asked_.options;
  AnswerDependencies all{{"files of the model", fingerprintOf(*asked_.model)},
                         {"text of the template", sha256(planAsking(options).asking->text())},
                         {"chat format", sha256(asked_.model->chat.source())},
                         {"way of writing", writingText(options)}};
  if (options.evidence) {
    all.emplace_back("answers shown as evidence",
                     sha256(surveyToJsonl(options.evidence->observed)));
  }
  if (options.encoder) {
    all.emplace_back("files of the encoder", sha256(options.encoder->identity()));
  }
  return all;
}

std::unique_ptr<ModelPredictor> DecoderPredictor::askedOtherwise(
    const std::string& templateName, const std::string& answerPrefix) const {
  DecoderToAsk other = asked_;
  if (!templateName.empty()) other.options.templateName = templateName;
  if (!answerPrefix.empty()) other.options.answerPrefix = answerPrefix;
  return decoderPredictor(std::move(other));
}

PredictionSource DecoderPredictor::withEvidence(PredictionSource source) const {
  if (!asked_.options.evidence) return source;
  source.evidence = asked_.options.evidence->name;
  if (asked_.options.encoder) {
    source.evidence += ", found by " + asked_.options.encoder->describe();
  }
  return source;
}

FirstTokenPredictor::FirstTokenPredictor(DecoderToAsk asked, const AskingPlan& plan)
    : DecoderPredictor(std::move(asked)),
      options_(firstTokenOptions(asked_, plan)),
      itemsAtOnce_(plan.thinks ? itemsThoughtAbout : std::numeric_limits<std::size_t>::max()) {}

PredictionSource FirstTokenPredictor::source() const {
  return withEvidence(sourceOf(*asked_.model, options_));
}

PredictionWork FirstTokenPredictor::predictWithWork(const Survey& survey,
                                                    const PredictionSink& sink,
                                                    Progress& progress) const {
  ScoringWork work;
  const std::size_t count = survey.items.size();
  for (std::size_t first = 0; first < count && !progress.stopRequested();) {
    std::vector<std::size_t> items(std::min(count - first, itemsAtOnce_));
    for (std::size_t& item : items) item = first++;
    PartOfProgress part(progress, first - items.size(), count);
    work += items.size() == count
                ? predictInto(sink, *asked_.model, survey, options_, part)
                : predictInto(sink, *asked_.model, selectItems(survey, items), options_, part);
  }
  if (!asked_.options.timing) return {work};
  return {work, timingOf(*asked_.model, work, asked_.loadSeconds)};
}

WrittenPredictor::WrittenPredictor(DecoderToAsk asked, const AskingPlan& plan)
    : DecoderPredictor(std::move(asked)), options_(writtenOptions(asked_, plan)) {}

PredictionSource WrittenPredictor::source() const {
  return withEvidence(sourceOf(*asked_.model, options_));
}

PredictionWork WrittenPredictor::predictWithWork(const Survey& survey, const PredictionSink& sink,
                                                 Progress& progress) const {
  TextFile texts(asked_.options.texts);
  std::size_t made = 0;
  const auto keepTextsFirst = [&](const std::vector<Prediction>& some) {
    texts.flush();
    sink(some);
    made += some.size();
  };
  const WrittenPredictWork work =
      predictInWriting(keepTextsFirst, texts.sink(), *asked_.model, survey, options_, progress);
  if (made == survey.items.size()) texts.finish();
  return {work};
}

std::unique_ptr<ModelPredictor> decoderPredictor(DecoderToAsk asked) {
  const AskingPlan plan = planAsking(asked.options);
  if (plan.readsTexts) return std::make_unique<WrittenPredictor>(std::move(asked), plan);
  return std::make_unique<FirstTokenPredictor>(std::move(asked), plan);
}

}  // namespace canvass
