#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/memory.h"
#include "base/stopwatch.h"
#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "engine/scorer.h"
#include "engine_cli/model_options.h"
#include "engine_cli/timing.h"
#include "engine_cli/verbs.h"
#include "report/terminal_text.h"
#include "survey/prediction_journal.h"

namespace canvass {
namespace {

struct Arguments {
  ModelArguments model;
  SurveyArguments survey;
  PredictOptions predict;
  std::string output;
  bool timing = false;
  JsonOutput json;
};

Json workJson(const ScoringWork& work) {
  return {{"items", work.items},
          {"prompt_tokens", work.promptTokens},
          {"computed_tokens", work.computedTokens},
          {"forests", work.forests},
          {"workers", work.workers.workers},
          {"encode_seconds", work.encodeSeconds},
          {"compute_seconds", work.computeSeconds},
          {"peak_memory_mb", peakMemoryMegabytes()}};
}

std::string workText(const ScoringWork& work) {
  return fmt::format("{} tokens of prompts, {} computed after sharing; {:.1f} items a second",
                     grouped(work.promptTokens), grouped(work.computedTokens),
                     static_cast<double>(work.items) / std::max(work.computeSeconds, 1e-9));
}

void run(Arguments& arguments) {
  arguments.model.useTrainedTemplate(arguments.predict.templateName);
  const Survey survey = arguments.survey.load();
  const Stopwatch watch;
  const LanguageModel model = arguments.model.load();
  const double loadSeconds = watch.seconds();
  TerminalProgress progress("predicting", "items");
  const PredictionSource source = sourceOf(model, arguments.predict);
  PredictionJournal journal(source, fingerprintOf(model), arguments.output);
  const auto missing = journal.missing(survey);
  if (journal.size() > 0) {
    progress.message(fmt::format("going on after {} predictions of an earlier run in {}",
                                 journal.size(), journal.path().string()));
  }
  const ScoringWork work =
      predictInto([&](const std::vector<Prediction>& predictions) { journal.append(predictions); },
                  model, selectItems(survey, missing), arguments.predict, progress);
  if (work.items < missing.size()) {
    throw Error(fmt::format("stopped after {} of {} items; they are kept", journal.size(),
                            survey.items.size()),
                journal.path().string(), "run the same command again to go on");
  }
  journal.finish(survey);
  progress.message(
      fmt::format("{} predictions written to {}", survey.items.size(), arguments.output));
  progress.message(workText(work));
  Json record = {{"model", source.model},           {"adapter", source.adapter},
                 {"template", source.templateName}, {"precision", source.precision},
                 {"output", arguments.output},      {"work", workJson(work)}};
  if (arguments.timing) {
    const Timing timing = timingOf(model, work, loadSeconds);
    progress.message("where the time went:\n" + timingText(timing));
    record["timing"] = timingJson(timing);
  }
  arguments.json.write(record);
}

}  // namespace

void addPredict(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("predict", descriptionOf("predict"));
  addModelOptions(verb, arguments->model, true);
  addSurveyOptions(verb, arguments->survey, "--survey", "survey.jsonl or simllm JSON", true);
  addTemplateOption(verb, arguments->predict.templateName);
  addForestOptions(verb, arguments->predict.forest);
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")->required();
  verb.add_flag("--timing", arguments->timing,
                "tell where the time went, beside what the processor could do");
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass predict --model Qwen2.5-0.5B --survey held-out.jsonl "
      "-o predictions.jsonl");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
