#include "model_tasks/demo.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/stopwatch.h"
#include "cli/engine_program.h"
#include "cli/messages.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "model_cli/demo_report.h"
#include "model_cli/model_options.h"
#include "model_cli/training_report.h"
#include "model_cli/verbs.h"
#include "survey/survey_file.h"
#include "tasks/data_folder.h"

namespace canvass {
namespace {

// Each progress is removed from the screen before anything else is printed.
void askBeforeWithProgress(const Demo& demo) {
  TerminalProgress progress("predicting", "items");
  demo.askBefore(progress);
}

void learnWithProgress(const Demo& demo) {
  TerminalProgress progress("training", "items");
  demo.learn(progress, [&](const EpochRecord& record, bool isBest) {
    progress.message(epochText(record, demo.epochs(), isBest));
  });
}

std::vector<RunEvaluation> judgeWithProgress(const Demo& demo) {
  TerminalProgress progress("predicting", "items");
  return demo.judge(progress);
}

void runWithNewModel(const Demo& demo) {
  say(fmt::format("1. {} are held out: the model never sees them.",
                  counted(demo.split().heldOut.items.size(), "cell")));
  say(fmt::format("2. A new random language model learns the other {} by first-token alignment.",
                  grouped(demo.split().train.items.size())));
  learnWithProgress(demo);
}

void runWithGivenModel(const Demo& demo) {
  const Split& split = demo.split();
  say(fmt::format("1. {} are held out, all {} of them: the model never sees them.",
                  counted(split.heldOut.questions.size(), "question"),
                  counted(split.heldOut.items.size(), "cell")));
  say(fmt::format("2. {} says what it knows before it learns.", demo.model().describe()));
  askBeforeWithProgress(demo);
  say(
      fmt::format("3. It learns the {} of the other questions by first-token alignment, as an "
                  "adapter (LoRA).",
                  counted(split.train.items.size(), "cell")));
  learnWithProgress(demo);
}

void runDemo(const DemoOptions& options) {
  const Stopwatch watch;
  const Survey survey = readSurvey(dataFolder() / "demo" / "survey.jsonl");
  const Demo demo(options, survey);
  print(surveyText(survey, terminalStyle()));
  demo.hasNewModel() ? runWithNewModel(demo) : runWithGivenModel(demo);
  const auto figures = judgeWithProgress(demo);
  say(demo.hasNewModel()
          ? "3. Its predictions for the held-out cells, next to simple baselines:\n"
          : "4. Its predictions for the held-out questions, after and before, next to the simple "
            "baselines that a new question leaves:\n");
  print(figuresText(figures, demo.split().heldOut, terminalStyle()));
  print(nextSteps(demo, options.folder.string(), watch.seconds()));
}

}  // namespace

void addDemo(CLI::App& app) {
  auto options = std::make_shared<DemoOptions>();
  CLI::App& verb = *app.add_subcommand("demo", descriptionOf("demo"));
  verb.add_option("-o,--output", options->folder, "folder to write the demo to")
      ->type_name("FOLDER")
      ->capture_default_str();
  addModelOption(verb, "--model",
                 "model to start from (folder, GGUF file or name on the Hugging Face hub): it is "
                 "asked about questions that "
                 "it never sees, before and "
                 "after it learns the others; by default a new one",
                 options->model);
  verb.add_option("--threads", options->threads, "number of threads; 0 for all processors")
      ->check(wholeNumber(0, 1024))
      ->capture_default_str();
  verb.add_option("--seed", options->seed, "random seed of what is held out, and of a new model")
      ->check(seedNumber())
      ->capture_default_str();
  verb.footer(
      "Examples:\n"
      "  canvass demo\n"
      "  canvass demo --model Qwen2.5-0.5B -o real-demo");
  verb.callback([options] { runDemo(*options); });
}

}  // namespace canvass
