#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "model_cli/answer_report.h"
#include "model_cli/model_options.h"
#include "model_cli/verbs.h"
#include "model_tasks/make_predictor.h"
#include "model_tasks/single_question.h"

namespace canvass {
namespace {

struct AskArguments {
  PredictorOptions options;
  SingleQuestion asked;
  JsonOutput json;
};

void runAsk(const AskArguments& arguments) {
  const Survey survey = surveyOf(arguments.asked);
  TerminalProgress progress("loading", "MB");
  const auto predictor = makePredictor(arguments.options, survey, progress);
  const Prediction answer = askOne(*predictor, survey, noProgress());
  arguments.json.write(answerJson(survey, answer));
  if (arguments.json.toStandardOutput()) return;
  print(answerText(survey, arguments.options.model, answer, terminalStyle()));
}

}  // namespace

void addAsk(CLI::App& app) {
  auto arguments = std::make_shared<AskArguments>();
  SingleQuestion& asked = arguments->asked;
  CLI::App& verb = *app.add_subcommand("ask", descriptionOf("ask"));
  addModelOptions(verb, arguments->options.model, true);
  addTemplateOption(verb, arguments->options.templateName);
  verb.add_option("--population", asked.population,
                  "population whose answer is predicted, such as Japan")
      ->required();
  verb.add_option("--phrase", asked.phrase,
                  "phrase for a member of the population, instead of \"someone from POPULATION\"");
  verb.add_option("--question", asked.question, "text of the question")->required();
  verb.add_option("--option", asked.options,
                  "text of an option; repeat it for each option, in order")
      ->required()
      ->take_all();
  verb.add_option("--language", asked.language, "language of the prompt: en or zh")
      ->type_name("NAME")
      ->capture_default_str();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass ask --model Qwen2.5-0.5B --population Japan "
      "--question \"How happy are you?\" --option \"Very happy\" --option \"Rather happy\" "
      "--option \"Not happy\"");
  verb.callback([arguments] { runAsk(*arguments); });
}

}  // namespace canvass
