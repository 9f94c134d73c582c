#include "model_tasks/training_plan.h"

#include <fmt/format.h>

#include "base/error.h"
#include "model_files/encoder_config.h"
#include "model_tasks/option_use.h"

namespace canvass {
namespace {

NoUse withEncoder(const TrainingPlan& plan) {
  if (!plan.isEncoder) return {};
  return WithoutUse{"an encoder reads no prompt and is trained in fp32 on the processor"};
}

NoUse withoutLora(const TrainingPlan& plan) {
  if (plan.method == TrainingMethod::lora) return {};
  return WithoutUse{"there is no LoRA adapter",
                    plan.isEncoder ? "leave it out" : "add --method lora, or leave it out"};
}

NoUse withoutDropout(const TrainingPlan& plan) {
  return plan.isEncoder ? NoUse() : withoutLora(plan);
}

NoUse withoutSteps(const TrainingPlan& plan) {
  if (plan.options.schedule == Schedule::step) return {};
  return WithoutUse{fmt::format("the schedule is {}", scheduleName(plan.options.schedule)),
                    "add --schedule step, or leave it out"};
}

NoUse withoutValidation(const TrainingPlan& plan) {
  if (!plan.validFiles.empty()) return {};
  return WithoutUse{"nothing is validated", "add --valid SURVEY, or leave it out"};
}

NoUse withoutShift(const TrainingPlan& plan) {
  if (plan.options.loss == LossKind::shift) return {};
  return WithoutUse{fmt::format("the loss is {}", lossName(plan.options.loss)),
                    "add --loss shift, or leave it out"};
}

constexpr OptionUse<TrainingChoice, TrainingPlan> trainingOptionUses[] = {
    {"--precision", [](const TrainingChoice& given) { return given.model.precision.has_value(); },
     withEncoder},
    {"--weights", [](const TrainingChoice& given) { return given.model.weights.has_value(); },
     withEncoder},
    {"--chat", [](const TrainingChoice& given) { return given.model.chat.has_value(); },
     withEncoder},
    {"--device", [](const TrainingChoice& given) { return given.model.device.has_value(); },
     withEncoder},
    {"--template", [](const TrainingChoice& given) { return given.templateName.has_value(); },
     withEncoder},
    {"--token-budget",
     [](const TrainingChoice& given) { return given.forest.tokenBudget.has_value(); }, withEncoder},
    {"--minimum-shared-prefix",
     [](const TrainingChoice& given) { return given.forest.minimumSharedPrefix.has_value(); },
     withEncoder},
    {"--recompute", [](const TrainingChoice& given) { return given.recompute; }, withEncoder},
    {"--rank", [](const TrainingChoice& given) { return given.rank.has_value(); }, withoutLora},
    {"--alpha", [](const TrainingChoice& given) { return given.alpha.has_value(); }, withoutLora},
    {"--targets", [](const TrainingChoice& given) { return !given.targets.empty(); }, withoutLora},
    {"--dropout", [](const TrainingChoice& given) { return given.dropout.has_value(); },
     withoutDropout},
    {"--shift-weight", [](const TrainingChoice& given) { return given.shiftWeight.has_value(); },
     withoutShift},
    {"--epoch-decay", [](const TrainingChoice& given) { return given.epochDecay.has_value(); },
     withoutSteps},
    {"--patience", [](const TrainingChoice& given) { return given.patience.has_value(); },
     withoutValidation},
};

void checkMethod(const TrainingPlan& plan) {
  const std::string model = plan.model.model->describe();
  if (plan.isEncoder && plan.method == TrainingMethod::lora) {
    throw Error("an encoder is trained by its head or whole, not by LoRA", model,
                "choose --method head or full");
  }
  if (!plan.isEncoder && plan.method == TrainingMethod::head) {
    throw Error("only an encoder has a head to train", model, "choose --method lora or full");
  }
  if (plan.preset->forEncoders == plan.isEncoder) return;
  throw Error(
      fmt::format("the preset \"{}\" is for {}", plan.preset->name, plan.preset->description),
      model, "leave --preset out: it is chosen by what the folder holds");
}

template <typename T>
void replaceIfGiven(T& setting, const std::optional<T>& given) {
  if (given) setting = *given;
}

TrainOptions overridden(TrainOptions options, const TrainingChoice& choice) {
  if (choice.templateName) options.asking = findTemplate(*choice.templateName);
  replaceIfGiven(options.loss, choice.loss);
  replaceIfGiven(options.shiftWeight, choice.shiftWeight);
  replaceIfGiven(options.schedule, choice.schedule);
  replaceIfGiven(options.epochs, choice.epochs);
  replaceIfGiven(options.batchSize, choice.batchSize);
  replaceIfGiven(options.runLength, choice.runLength);
  replaceIfGiven(options.patience, choice.patience);
  replaceIfGiven(options.learningRate, choice.learningRate);
  replaceIfGiven(options.weightDecay, choice.weightDecay);
  replaceIfGiven(options.secondMomentDecay, choice.secondMomentDecay);
  replaceIfGiven(options.warmUpShare, choice.warmUpShare);
  replaceIfGiven(options.epochDecay, choice.epochDecay);
  replaceIfGiven(options.gradientClip, choice.gradientClip);
  replaceIfGiven(options.seed, choice.seed);
  options.forest = choice.forest.over(options.forest);
  options.recompute = choice.recompute;
  return options;
}

// A repository is named as PEFT does it, without revision and file.
AdapterConfig adapterOf(const TrainingChoice& choice, double dropout) {
  AdapterConfig adapter;
  const ModelFiles& base = *choice.model.model;
  adapter.baseModel = base.repository().empty() ? base.describe() : base.repository();
  adapter.baseRevision = base.commit();
  adapter.rank = choice.rank.value_or(8);
  adapter.alpha = choice.alpha.value_or(32.0);
  adapter.dropout = dropout;
  adapter.targets = choice.targets;
  if (adapter.targets.empty()) adapter.targets = {"q_proj", "v_proj"};
  return adapter;
}

void requireFreeFolder(const TrainingChoice& choice) {
  if (choice.output.empty() || choice.resume || choice.overwrite) return;
  for (const char* name : {"run.json", "config.json", "adapter_config.json"}) {
    std::error_code reason;
    if (!std::filesystem::exists(choice.output / name, reason)) continue;
    throw Error("there is already a trained model or adapter in this folder",
                choice.output.string(), "choose another folder, or give --overwrite");
  }
}

}  // namespace

TrainingPlan planTraining(const TrainingChoice& choice) {
  TrainingPlan plan;
  plan.isEncoder = isEncoder(*choice.model.model);
  plan.preset = choice.preset ? &findTrainingPreset(*choice.preset)
                              : &presetFor(*choice.model.model, choice.method);
  plan.method = choice.method.value_or(plan.preset->method);
  plan.model = choice.model.options();
  plan.threads = choice.model.threads;
  plan.options = overridden(plan.preset->options(), choice);
  plan.dropout = choice.dropout.value_or(plan.preset->dropout);
  if (plan.method == TrainingMethod::lora) plan.adapter = adapterOf(choice, plan.dropout);
  plan.keepEpochs = choice.keepEpochs;
  plan.resume = choice.resume;
  plan.trainFiles = choice.trainFiles;
  plan.validFiles = choice.validFiles;
  plan.output = choice.output;
  checkMethod(plan);
  refuseWithoutUse(trainingOptionUses, choice, plan);
  requireFreeFolder(choice);
  return plan;
}

}  // namespace canvass
