#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/stopwatch.h"
#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "engine/scoring/scorer.h"
#include "model_cli/asking_options.h"
#include "model_cli/model_options.h"
#include "model_cli/text_file.h"
#include "model_cli/timing.h"
#include "model_cli/verbs.h"
#include "model_cli/work_report.h"
#include "model_files/encoder_config.h"
#include "option_scorer/option_scorer.h"
#include "predictions/prediction_journal.h"

namespace canvass {
namespace {

struct Arguments {
  ModelArguments model;
  SurveyArguments survey;
  AskingArguments asking;
  std::string output;
  std::string texts;
  bool timing = false;
  JsonOutput json;
};

// So many items at a time where the model writes before it answers: what was written for them is
// lost where the run is interrupted.
constexpr std::size_t itemsThoughtAbout = 256;

// Predicts what the journal lacks, by the first token.
ScoringWork readFirstTokens(const LanguageModel& model, const PredictOptions& options,
                            const Survey& survey, PredictionJournal& journal,
                            TerminalProgress& progress) {
  const auto missing = journal.missing(survey);
  const bool thinks = findTemplate(options.templateName).hasThoughts();
  const std::size_t step = thinks ? itemsThoughtAbout : std::max<std::size_t>(missing.size(), 1);
  const auto append = [&](const std::vector<Prediction>& made) { journal.append(made); };
  ScoringWork work;
  for (std::size_t first = 0; first < missing.size() && !progress.stopRequested(); first += step) {
    const auto begin = missing.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end =
        missing.begin() + static_cast<std::ptrdiff_t>(std::min(missing.size(), first + step));
    work += predictInto(append, model, selectItems(survey, {begin, end}), options, progress);
  }
  return work;
}

PredictionJournal openJournal(const PredictionSource& source, const LanguageModel& model,
                              const std::string& output, TerminalProgress& progress) {
  PredictionJournal journal(source, fingerprintOf(model), output);
  if (journal.size() > 0) {
    progress.message(fmt::format("going on after {} predictions of an earlier run in {}",
                                 journal.size(), journal.path().string()));
  }
  return journal;
}

void close(PredictionJournal& journal, const Survey& survey, const std::string& output,
           TerminalProgress& progress) {
  if (journal.size() < survey.items.size()) {
    throw Error(fmt::format("stopped after {} of {} items; they are kept", journal.size(),
                            survey.items.size()),
                journal.path().string(), "run the same command again to go on");
  }
  journal.finish(survey);
  progress.message(fmt::format("{} predictions written to {}", survey.items.size(), output));
}

Json recordOf(const PredictionSource& source, const std::string& output) {
  Json record = {{"model", source.model},
                 {"adapter", source.adapter},
                 {"template", source.templateName},
                 {"precision", source.precision},
                 {"output", output}};
  if (!source.reading.empty()) record["reading"] = source.reading;
  if (!source.evidence.empty()) record["evidence"] = source.evidence;
  return record;
}

void predictByFirstToken(const Arguments& arguments, const Survey& survey,
                         const EvidenceFor& evidence) {
  const PredictOptions options = arguments.asking.firstToken(evidence);
  const Stopwatch watch;
  const LanguageModel model = arguments.model.load();
  const double loadSeconds = watch.seconds();
  TerminalProgress progress("predicting", "items");
  PredictionSource source = sourceOf(model, options);
  source.evidence = arguments.asking.evidenceText();
  PredictionJournal journal = openJournal(source, model, arguments.output, progress);
  const ScoringWork work = readFirstTokens(model, options, survey, journal, progress);
  close(journal, survey, arguments.output, progress);
  progress.message(workText(work));
  Json record = recordOf(source, arguments.output);
  record["work"] = workJson(work);
  if (arguments.timing) {
    const Timing timing = timingOf(model, work, loadSeconds);
    progress.message("where the time went:\n" + timingText(timing));
    record["timing"] = timingJson(timing);
  }
  arguments.json.write(record);
}

void predictFromTexts(const Arguments& arguments, const Survey& survey,
                      const EvidenceFor& evidence) {
  const WrittenPredictOptions options = arguments.asking.writing(evidence);
  const LanguageModel model = arguments.model.load();
  TerminalProgress progress("writing", "items");
  PredictionSource source = sourceOf(model, options);
  source.evidence = arguments.asking.evidenceText();
  PredictionJournal journal = openJournal(source, model, arguments.output, progress);
  TextFile texts(arguments.texts);
  const auto append = [&](const std::vector<Prediction>& made) {
    texts.flush();
    journal.append(made);
  };
  const WrittenPredictWork work = predictInWriting(
      append, texts.sink(), model, selectItems(survey, journal.missing(survey)), options, progress);
  close(journal, survey, arguments.output, progress);
  texts.finish();
  progress.message(workText(work));
  Json record = recordOf(source, arguments.output);
  record["work"] = workJson(work);
  arguments.json.write(record);
}

// An encoder scores options: there is no prompt, no template and nothing to go on after.
void predictByEncoder(const Arguments& arguments) {
  const AskingArguments& asking = arguments.asking;
  if (!asking.templateName.empty() || asking.read == "text" || !asking.evidence.files.empty() ||
      !asking.encoder.empty()) {
    throw Error("an encoder reads no prompt and writes nothing", arguments.model.model,
                "leave out --template, --read, --evidence and --encoder");
  }
  if (!arguments.model.adapter.empty() || !arguments.texts.empty() || arguments.timing) {
    throw Error("an encoder has no adapter, no texts to keep and no timing", arguments.model.model,
                "leave out --adapter, --texts and --timing");
  }
  const Survey survey = arguments.survey.load();
  setThreads(arguments.model.threads);
  const OptionScorer scorer(arguments.model.files(), false);
  TerminalProgress progress("predicting", "items");
  const Predictions predictions = predict(scorer, survey, progress);
  writePredictions(predictions, arguments.output);
  progress.message(fmt::format("{} predictions written to {}", predictions.predictions.size(),
                               arguments.output));
  arguments.json.write(recordOf(predictions, arguments.output));
}

void run(Arguments& arguments) {
  if (isEncoder(*arguments.model.files())) return predictByEncoder(arguments);
  arguments.model.useTrainedTemplate(arguments.asking.templateName);
  const bool inWriting = arguments.asking.inWriting();
  if (!inWriting && !arguments.texts.empty()) {
    throw Error("there are no texts to keep: the first token is read", "--texts",
                "add --read text, or leave it out");
  }
  const Survey survey = arguments.survey.load();
  const EvidenceFor evidence = arguments.asking.evidenceFor(survey);
  if (inWriting) {
    predictFromTexts(arguments, survey, evidence);
  } else {
    predictByFirstToken(arguments, survey, evidence);
  }
}

}  // namespace

void addPredict(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("predict", descriptionOf("predict"));
  addModelOptions(verb, arguments->model, true);
  addSurveyOptions(verb, arguments->survey, "--survey", "survey.jsonl or simllm JSON", true);
  addAskingOptions(verb, arguments->asking);
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")->required();
  verb.add_option("--texts", arguments->texts, "keep what the model wrote in this file");
  verb.add_flag("--timing", arguments->timing,
                "tell where the time went, beside what the processor could do");
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass predict --model Qwen2.5-0.5B --survey held-out.jsonl "
      "-o predictions.jsonl");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
