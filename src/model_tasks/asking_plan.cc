#include "model_tasks/asking_plan.h"

#include <fmt/format.h>

#include "base/error.h"
#include "engine/training/run_record.h"
#include "model_files/encoder_config.h"
#include "model_tasks/option_use.h"

namespace canvass {
namespace {

NoUse withoutPrompt(const AskingPlan& plan) {
  if (plan.readsPrompts) return {};
  return WithoutUse{
      "an encoder reads no prompt, writes nothing and computes in fp32 on the "
      "processor"};
}

NoUse withoutEvidence(const AskingPlan& plan) {
  if (const NoUse none = withoutPrompt(plan)) return none;
  if (plan.showsEvidence) return {};
  return WithoutUse{fmt::format("the template '{}' shows no evidence", plan.asking->name()),
                    "leave it out, or choose a template that shows some, such as few-shot"};
}

NoUse withoutEvidenceToFind(const AskingPlan& plan) {
  if (const NoUse none = withoutPrompt(plan)) return none;
  if (plan.hasEvidence) return {};
  return WithoutUse{"there is no evidence to find", "give --evidence SURVEY too"};
}

NoUse withoutTexts(const AskingPlan& plan) {
  if (const NoUse none = withoutPrompt(plan)) return none;
  if (plan.readsTexts) return {};
  return WithoutUse{"the first token is read", "add --read text, or leave it out"};
}

NoUse withoutSeveralTexts(const AskingPlan& plan) {
  if (const NoUse none = withoutTexts(plan)) return none;
  if (!plan.readsPercentages) return {};
  return WithoutUse{"one text per item is read for its percentages"};
}

NoUse withoutWriting(const AskingPlan& plan) {
  return plan.writes() ? NoUse() : withoutTexts(plan);
}

NoUse withoutDrawing(const AskingPlan& plan) {
  if (const NoUse none = withoutWriting(plan)) return none;
  if (plan.temperature > 0.0) return {};
  return WithoutUse{"the most likely text is written",
                    "give --temperature above 0, or leave it out"};
}

NoUse withoutFirstToken(const AskingPlan& plan) {
  if (const NoUse none = withoutPrompt(plan)) return none;
  if (!plan.readsTexts) return {};
  return WithoutUse{"what the model writes is read, not its first token"};
}

constexpr OptionUse<PredictorOptions, AskingPlan> predictorOptionUses[] = {
    {"--adapter", [](const PredictorOptions& given) { return given.model.adapter != nullptr; },
     withoutPrompt},
    {"--precision", [](const PredictorOptions& given) { return given.model.precision.has_value(); },
     withoutPrompt},
    {"--weights", [](const PredictorOptions& given) { return given.model.weights.has_value(); },
     withoutPrompt},
    {"--chat", [](const PredictorOptions& given) { return given.model.chat.has_value(); },
     withoutPrompt},
    {"--device", [](const PredictorOptions& given) { return given.model.device.has_value(); },
     withoutPrompt},
    {"--template", [](const PredictorOptions& given) { return given.templateName.has_value(); },
     withoutPrompt},
    {"--token-budget",
     [](const PredictorOptions& given) { return given.forest.tokenBudget.has_value(); },
     withoutPrompt},
    {"--minimum-shared-prefix",
     [](const PredictorOptions& given) { return given.forest.minimumSharedPrefix.has_value(); },
     withoutPrompt},
    {"--read",
     [](const PredictorOptions& given) {
       return given.reading != AnswerReading::asTheTemplateSays;
     },
     withoutPrompt},
    {"--encoder", [](const PredictorOptions& given) { return given.encoder != nullptr; },
     withoutEvidenceToFind},
    {"--evidence", [](const PredictorOptions& given) { return given.evidence.has_value(); },
     withoutEvidence},
    {"--prefixes", [](const PredictorOptions& given) { return !given.answerPrefix.empty(); },
     withoutFirstToken},
    {"--samples", [](const PredictorOptions& given) { return given.samples.has_value(); },
     withoutSeveralTexts},
    {"--max-tokens", [](const PredictorOptions& given) { return given.maximumTokens.has_value(); },
     withoutTexts},
    {"--stop", [](const PredictorOptions& given) { return !given.stops.empty(); }, withoutTexts},
    {"--texts", [](const PredictorOptions& given) { return !given.texts.empty(); }, withoutTexts},
    {"--temperature", [](const PredictorOptions& given) { return given.temperature.has_value(); },
     withoutWriting},
    {"--top-p", [](const PredictorOptions& given) { return given.topP.has_value(); },
     withoutDrawing},
    {"--seed", [](const PredictorOptions& given) { return given.seed.has_value(); },
     withoutDrawing},
    {"--timing", [](const PredictorOptions& given) { return given.timing; }, withoutFirstToken},
};

void checkReading(const AskingPlan& plan, AnswerReading reading) {
  const char* const remedy = "leave --read out, or choose another template";
  if (plan.readsPercentages && reading != AnswerReading::asTheTemplateSays) {
    throw Error(fmt::format("the template '{}' is read for its percentages", plan.asking->name()),
                "", remedy);
  }
  if (plan.thinks && reading == AnswerReading::text) {
    throw Error(fmt::format("the template '{}' is read from the first token after its thoughts",
                            plan.asking->name()),
                "", remedy);
  }
}

std::string templateFor(const PredictorOptions& options) {
  if (options.templateName) return *options.templateName;
  return trainedTemplate(options.model.trainedFiles()).value_or("paper");
}

// A written distribution is asked for once, and thoughts are written once: the most likely text by
// default.
double temperatureFor(const AskingPlan& plan, const PredictorOptions& options) {
  const bool severalTexts = plan.readsTexts && !plan.readsPercentages;
  return options.temperature.value_or(severalTexts ? 1.0 : 0.0);
}

}  // namespace

AskingPlan planAsking(const PredictorOptions& options) {
  AskingPlan plan;
  plan.readsPrompts = !isEncoder(*options.model.model);
  plan.hasEvidence = options.evidence.has_value();
  if (plan.readsPrompts) {
    plan.asking = findTemplate(templateFor(options));
    plan.readsPercentages = plan.asking->reading() == Reading::percentages;
    plan.thinks = plan.asking->hasThoughts();
    plan.showsEvidence = plan.asking->evidenceWanted() > 0;
    checkReading(plan, options.reading);
    plan.readsTexts = plan.readsPercentages || options.reading == AnswerReading::text;
    plan.temperature = temperatureFor(plan, options);
  }
  refuseWithoutUse(predictorOptionUses, options, plan);
  return plan;
}

}  // namespace canvass
