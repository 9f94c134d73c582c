#include "model_tasks/demo.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/stopwatch.h"
#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "model_cli/demo_report.h"
#include "model_cli/training_report.h"
#include "model_cli/verbs.h"
#include "model_tasks/training_presets.h"
#include "survey/survey_file.h"
#include "tasks/data_folder.h"

namespace canvass {
namespace {

// Each progress is removed from the screen before anything else is printed.
void learnWithProgress(Demo& demo) {
  TerminalProgress progress("training", "items");
  const std::size_t epochs = findTrainingPreset("new-model").options().epochs;
  demo.learn(progress, [&](const EpochRecord& record, bool isBest) {
    progress.message(epochText(record, epochs, isBest));
  });
}

RunEvaluation judgeWithProgress(const Demo& demo) {
  TerminalProgress progress("predicting", "items");
  return demo.judge(progress);
}

void runDemo(const DemoOptions& options) {
  const Stopwatch watch;
  const Survey survey = readSurvey(dataFolder() / "demo" / "survey.jsonl");
  Demo demo(options, survey);
  print(surveyText(survey, terminalStyle()));
  print(fmt::format("1. {} are held out: the model never sees them.\n",
                    counted(demo.split().heldOut.items.size(), "cell")));
  print(
      fmt::format("2. A new random language model learns the other {} by first-token alignment.\n",
                  grouped(demo.split().train.items.size())));
  learnWithProgress(demo);
  const RunEvaluation figures = judgeWithProgress(demo);
  print("3. Its predictions for the held-out cells, next to simple baselines:\n\n");
  print(figuresText(figures, demo.split().heldOut, terminalStyle()));
  print(nextSteps(demo.files(), options.folder.string(), watch.seconds()));
}

}  // namespace

void addDemo(CLI::App& app) {
  auto options = std::make_shared<DemoOptions>();
  CLI::App& verb = *app.add_subcommand("demo", descriptionOf("demo"));
  verb.add_option("-o,--output", options->folder, "folder to write the demo to")
      ->type_name("FOLDER")
      ->capture_default_str();
  verb.add_option("--threads", options->threads, "number of threads; 0 for all processors")
      ->capture_default_str();
  verb.add_option("--seed", options->seed, "random seed of the held-out cells and the model")
      ->capture_default_str();
  verb.footer("Example:\n  canvass demo -o canvass-demo");
  verb.callback([options] { runDemo(*options); });
}

}  // namespace canvass
