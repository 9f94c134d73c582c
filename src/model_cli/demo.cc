#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "base/stopwatch.h"
#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "designs/split.h"
#include "engine/new_model.h"
#include "engine/scoring/scorer.h"
#include "evaluation/compared_evaluation.h"
#include "evaluation/uncertainty.h"
#include "model_cli/training.h"
#include "model_cli/verbs.h"
#include "report/evaluation/evaluation_json.h"
#include "report/evaluation/uncertainty_json.h"
#include "report/terminal/terminal.h"
#include "stats/item_metrics.h"
#include "survey/survey_file.h"
#include "tasks/data_folder.h"

namespace canvass {
namespace {

struct Arguments {
  std::string output = "canvass-demo";
  int threads = 0;
  std::uint64_t seed = 1;
};

struct Folders {
  explicit Folders(const std::filesystem::path& root)
      : model(root / "model"),
        trained(root / "trained"),
        train(root / "train.jsonl"),
        heldOut(root / "held-out.jsonl"),
        predictions(root / "predictions.jsonl"),
        evaluation(root / "evaluation.json") {}
  std::filesystem::path model, trained, train, heldOut, predictions, evaluation;
};

// A demo may be run again: what an earlier one made makes room, but nothing else does.
void clearEarlierRun(const std::filesystem::path& root, const Folders& folders) {
  if (std::filesystem::exists(root) && !std::filesystem::exists(folders.heldOut)) {
    throw Error("this folder is not from an earlier demo", root.string(), "choose another with -o");
  }
  std::filesystem::remove_all(folders.model);
  std::filesystem::remove_all(folders.trained);
}

Split holdOut(const Arguments& arguments, const Folders& folders) {
  const Survey survey = readSurvey(dataFolder() / "demo" / "survey.jsonl");
  print(fmt::format(
      "The survey: {} questions asked in {} countries, {} cells of real answers\n"
      "({})\n\n",
      survey.questions.size(), survey.populations.size(), survey.items.size(), survey.source));
  const Split split = holdOutCells(survey, 0.1, arguments.seed);
  writeSurvey(split.train, folders.train);
  writeSurvey(split.heldOut, folders.heldOut);
  print(fmt::format("1. {} cells are held out: the model never sees them.\n",
                    split.heldOut.items.size()));
  return split;
}

void learn(const Arguments& arguments, const Folders& folders, const Split& split) {
  const ModelSize& size = findModelSize("tiny");
  createModel(split.train, size, arguments.seed, folders.model);
  print(
      fmt::format("2. A new random language model learns the other {} by first-token alignment.\n",
                  split.train.items.size()));
  TrainingPlan plan;
  plan.model.model = openModel(folders.model);
  plan.options = newModelTrainOptions();
  plan.options.seed = arguments.seed;
  plan.trainFiles = {folders.train.string()};
  plan.output = folders.trained;
  runTraining(plan, split.train, nullptr);
}

Predictions ask(const Folders& folders, const Split& split) {
  ModelOptions trained;
  trained.model = openModel(folders.trained);
  const LanguageModel model(trained);
  PredictOptions options;
  options.templateName = newModelTrainOptions().templateName;
  TerminalProgress progress("predicting", "items");
  Predictions predictions = predict(model, split.heldOut, options, progress);
  writePredictions(predictions, folders.predictions);
  return predictions;
}

// What the figures say in words, the unwelcome included: from each baseline the model differs by
// this much, or by no more than chance may explain.
std::string verdict(const ComparedEvaluation& compared, const Uncertainty& uncertainty) {
  const std::size_t metric = metricIndex("js_similarity");
  const double model = compared.evaluation.metrics.means[metric].mean;
  std::string text;
  for (std::size_t i = 0; i < compared.baselines.size(); ++i) {
    const BaselineEvaluation& baseline = compared.baselines[i];
    const double other = baseline.evaluation.metrics.means[metric].mean;
    const auto& difference = uncertainty.fromBaselines[i].metrics[metric];
    const bool isNoise = !difference || difference->isNoise();
    text += fmt::format("  {:<25} {:<20} ({:.3f} against {:.3f})\n",
                        isNoise         ? "cannot be told apart from"
                        : model > other ? "beats"
                                        : "is beaten by",
                        baseline.baseline->title, model, other);
  }
  return "On js_similarity over the held-out cells the model\n" + text;
}

void drawExtremes(const Survey& survey, const Evaluation& evaluation, const TerminalStyle& style) {
  const auto better = [&](const ItemScores& a, const ItemScores& b) {
    return *a.scores.front() < *b.scores.front();
  };
  const auto [worst, best] =
      std::minmax_element(evaluation.items.begin(), evaluation.items.end(), better);
  for (const auto& [title, scores] :
       {std::pair("Best item", best), std::pair("Worst item", worst)}) {
    const Item& item = survey.items[scores->item];
    print(fmt::format("\n{} (js_similarity {:.3f})\n", title, *scores->scores.front()));
    print(itemBars(survey.questionOf(item), survey.populationOf(item), *item.observed,
                   scores->predicted, style));
  }
}

void report(const Folders& folders, const Split& split, const Predictions& predictions) {
  const ComparedEvaluation compared =
      evaluateWithBaselines(split.heldOut, predictions, &split.train);
  const Uncertainty uncertainty = uncertaintyOf(split.heldOut, {&compared, 1}).front();
  Json json = evaluationToJson(compared);
  addUncertainty(json, compared, uncertainty);
  writeFileAtomically(folders.evaluation, json.dump(2) + "\n");
  std::vector<TableColumn> columns = columnsOf(compared, "model");
  markNoise(columns, uncertainty);
  const TerminalStyle style = terminalStyle();
  print("3. Its predictions for the held-out cells, beside simple baselines:\n\n");
  print(headlineTable(columns, style));
  print("\n" + verdict(compared, uncertainty));
  drawExtremes(split.heldOut, compared.evaluation, style);
}

std::string nextSteps(const Arguments& arguments, const Folders& folders, double seconds) {
  return fmt::format(
      "\nDone in {duration}. Everything is in {output}/:\n"
      "  held-out.jsonl  predictions.jsonl  evaluation.json  trained/ (model, run.json, history)\n"
      "\nAsk the model something:\n"
      "  {canvass} ask --model {trained} --population Japan \\\n"
      "    --question \"How much do friends matter in your life?\" \\\n"
      "    --option \"A great deal\" --option \"A fair amount\" --option \"Not much\" "
      "--option \"Not at all\"\n"
      "\nWith a real model (a Hugging Face folder, such as Qwen2.5-0.5B):\n"
      "  {canvass} train --model Qwen2.5-0.5B --survey {train} -o adapter\n"
      "  {canvass} predict --model Qwen2.5-0.5B --adapter adapter --survey {heldOut} \\\n"
      "    -o predictions.jsonl\n"
      "  {canvass} evaluate --survey {heldOut} --train {train} \\\n"
      "    --predictions predictions.jsonl\n",
      fmt::arg("duration", durationText(seconds)), fmt::arg("output", arguments.output),
      fmt::arg("canvass", programName()), fmt::arg("trained", folders.trained.string()),
      fmt::arg("train", folders.train.string()), fmt::arg("heldOut", folders.heldOut.string()));
}

void run(const Arguments& arguments) {
  const Stopwatch watch;
  const Folders folders(arguments.output);
  clearEarlierRun(arguments.output, folders);
  setThreads(arguments.threads);
  const Split split = holdOut(arguments, folders);
  learn(arguments, folders, split);
  report(folders, split, ask(folders, split));
  print(nextSteps(arguments, folders, watch.seconds()));
}

}  // namespace

void addDemo(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("demo", descriptionOf("demo"));
  verb.add_option("-o,--output", arguments->output, "folder for what it makes")
      ->capture_default_str();
  verb.add_option("--threads", arguments->threads, "0 for all processors")->capture_default_str();
  verb.add_option("--seed", arguments->seed, "of held-out cells and model")->capture_default_str();
  verb.footer("Example:\n  canvass demo -o canvass-demo");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
