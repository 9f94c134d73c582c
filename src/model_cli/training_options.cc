#include "model_cli/training_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "cli/number_checks.h"
#include "model_cli/model_options.h"
#include "model_files/adapter_config.h"
#include "prompt/template.h"

namespace canvass {
namespace {

void addPresetOption(CLI::App& verb, TrainingChoice& choice) {
  std::vector<std::string> names;
  std::string meanings;
  for (const TrainingPreset& preset : trainingPresets()) {
    meanings +=
        fmt::format("{}{}, for {}", names.empty() ? "" : "; ", preset.name, preset.description);
    names.emplace_back(preset.name);
  }
  verb.add_option("--preset", choice.preset,
                  fmt::format("settings, which other options override: {}; by default chosen by "
                              "what the model folder holds",
                              meanings))
      ->type_name("NAME")
      ->check(CLI::IsMember(names));
}

void addScheduleOptions(CLI::App& verb, TrainingChoice& choice) {
  verb.add_option("--epochs", choice.epochs, "number of passes over the survey")
      ->check(wholeNumber(0, 1'000'000));
  verb.add_option("--batch-size", choice.batchSize, "items per update")->check(wholeNumber(1));
  verb.add_option("--run-length", choice.runLength,
                  "items of one question drawn together, so that they share its prompt")
      ->check(wholeNumber(1));
  verb.add_option("--learning-rate", choice.learningRate, "max learning rate of AdamW")
      ->check(number(0.0, 1.0));
  verb.add_option("--weight-decay", choice.weightDecay, "weight decay of matrices")
      ->check(number(0.0, 10.0));
  verb.add_option("--beta2", choice.secondMomentDecay, "AdamW's second-moment decay")
      ->check(number(0.0, 0.9999999));
  verb.add_option("--warm-up", choice.warmUpShare,
                  "share of the updates in which the learning rate rises")
      ->check(number(0.0, 1.0));
  verb.add_option_function<std::string>(
          "--schedule",
          [&choice](const std::string& name) { choice.schedule = parseSchedule(name); },
          "learning-rate schedule: constant, linear, cosine or step")
      ->type_name("NAME");
  verb.add_option("--epoch-decay", choice.epochDecay, "factor per epoch of the step schedule")
      ->check(number(0.0, 1.0));
  verb.add_option("--gradient-clip", choice.gradientClip, "max gradient norm; 0 for no limit")
      ->check(number(0.0, 1e9));
  verb.add_option("--patience", choice.patience,
                  "stop after this many epochs without a better validation loss; 0 for never")
      ->check(wholeNumber(0));
  verb.add_option("--seed", choice.seed, "random seed of the adapter, the order and the dropout")
      ->check(seedNumber())
      ->default_str(std::to_string(TrainOptions().seed));
}

void addAdapterOptions(CLI::App& verb, TrainingChoice& choice) {
  verb.add_option("--rank", choice.rank, "LoRA rank")
      ->check(wholeNumber(1, kMaxAdapterRank))
      ->default_str("8");
  verb.add_option("--alpha", choice.alpha, "LoRA alpha; the product is scaled by alpha / rank")
      ->check(number(1e-6, kMaxAdapterAlpha))
      ->default_str("32");
  verb.add_option("--dropout", choice.dropout, "dropout of LoRA, or of an encoder and its head")
      ->check(number(0.0, 0.99));
  verb.add_option("--targets", choice.targets, "linear layers to adapt")
      ->delimiter(',')
      ->default_str("q_proj,v_proj");
}

}  // namespace

void addTrainingOptions(CLI::App& verb, TrainingChoice& choice) {
  addPresetOption(verb, choice);
  addModelOptions(verb, choice.model, false);
  verb.add_option_function<std::string>(
          "--method", [&choice](const std::string& name) { choice.method = parseMethod(name); },
          "what to train: lora (an adapter), full (all weights) or head (what scores an encoder's "
          "options)")
      ->check(CLI::IsMember({"lora", "full", "head"}));
  verb.add_option("--template", choice.templateName,
                  fmt::format("prompt template: {}", fmt::join(templateNames(), ", ")))
      ->type_name("NAME");
  verb.add_option_function<std::string>(
          "--loss", [&choice](const std::string& name) { choice.loss = parseLoss(name); },
          "loss to minimize: kl, kl-legacy, js, emd, ce or shift")
      ->type_name("NAME");
  verb.add_option("--shift-weight", choice.shiftWeight,
                  "weight of the differences between populations in the loss shift")
      ->check(number(0.0, 1e6));
  addScheduleOptions(verb, choice);
  addAdapterOptions(verb, choice);
  addForestOptions(verb, choice.forest, TrainOptions().forest.tokenBudget);
  verb.add_flag("--recompute", choice.recompute,
                "compute activations again for the backward pass: less memory, more time");
  verb.add_flag("--keep-epochs", choice.keepEpochs,
                "also keep every epoch's weights and the state of the run, in checkpoints/");
  verb.add_flag("--resume", choice.resume,
                "continue from the state that an earlier run with --keep-epochs left there");
  verb.add_flag("--overwrite", choice.overwrite,
                "replace a model or adapter that is in the output folder");
  verb.add_option("-o,--output", choice.output, "folder to write the trained model to")
      ->type_name("FOLDER")
      ->required();
}

}  // namespace canvass
