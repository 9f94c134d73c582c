#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "engine/training/run_record.h"
#include "model_cli/model_options.h"
#include "model_cli/verbs.h"
#include "model_tasks/make_predictor.h"
#include "model_tasks/single_question.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

struct AskArguments {
  PredictorOptions options;
  SingleQuestion asked;
  JsonOutput json;
};

Json answerJson(const Survey& survey, const Prediction& prediction) {
  Json options = Json::array();
  for (std::size_t i = 0; i < prediction.labels.size(); ++i) {
    options.push_back({{"label", prediction.labels[i]},
                       {"text", survey.questions[0].options[i].text},
                       {"probability", prediction.probabilities[i]}});
  }
  Json json = {{"question", survey.questions[0].text},
               {"population", survey.populations[0].name},
               {"options", options}};
  if (prediction.optionMass) json["option_mass"] = *prediction.optionMass;
  return json;
}

// First-token alignment compares the letters with each other and with nothing else, so a model that
// was trained that way need not put much of its probability on them.
std::string massText(const ModelChoice& model, const Prediction& prediction) {
  if (!prediction.optionMass) return "";
  const bool aligned = trainedTemplate(model.trainedFiles()).has_value();
  const char* const remark = *prediction.optionMass >= 0.5 ? ""
                             : aligned ? "; training weighed them against each other only"
                                       : ": it may not have understood the format";
  return fmt::format("\n{:.1f} % of the model's probability is on these letters{}.\n",
                     100.0 * *prediction.optionMass, remark);
}

void runAsk(const AskArguments& arguments) {
  const Survey survey = surveyOf(arguments.asked);
  TerminalProgress progress("loading", "bytes");
  const auto predictor = makePredictor(arguments.options, survey, progress);
  const Prediction answer = askOne(*predictor, survey, noProgress());
  arguments.json.write(answerJson(survey, answer));
  if (arguments.json.toStandardOutput()) return;
  print(predictionBars(survey.questions[0], survey.populations[0], answer.probabilities));
  print(massText(arguments.options.model, answer));
}

}  // namespace

void addAsk(CLI::App& app) {
  auto arguments = std::make_shared<AskArguments>();
  SingleQuestion& asked = arguments->asked;
  CLI::App& verb = *app.add_subcommand("ask", descriptionOf("ask"));
  addModelOptions(verb, arguments->options.model, true);
  addTemplateOption(verb, arguments->options.templateName);
  verb.add_option("--population", asked.population, "whose answer, for example Japan")->required();
  verb.add_option("--phrase", asked.phrase,
                  "the words for one of them, instead of \"someone from POPULATION\"");
  verb.add_option("--question", asked.question, "the question's text")->required();
  verb.add_option("--option", asked.options, "an option's text; give each in its order")
      ->required()
      ->take_all();
  verb.add_option("--language", asked.language, "of the prompt: en, zh")->capture_default_str();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass ask --model Qwen2.5-0.5B --population Japan "
      "--question \"How happy are you?\" --option \"Very happy\" --option \"Rather happy\" "
      "--option \"Not happy\"");
  verb.callback([arguments] { runAsk(*arguments); });
}

}  // namespace canvass
