#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "cli/engine_program.h"
#include "cli/options.h"
#include "engine/scoring/scorer.h"
#include "model_cli/model_options.h"
#include "model_cli/verbs.h"
#include "report/terminal/terminal.h"
#include "survey/letters.h"

namespace canvass {
namespace {

struct Arguments {
  ModelArguments model;
  std::string templateName;
  std::string population;
  std::string phrase;
  std::string question;
  std::vector<std::string> options;
  std::string language = "en";
  JsonOutput json;
};

std::string phraseFor(const Arguments& arguments) {
  if (!arguments.phrase.empty()) return arguments.phrase;
  return arguments.language == "zh" ? "来自" + arguments.population + "的人"
                                    : "someone from " + arguments.population;
}

// A survey of the one question and the one population.
Survey surveyOf(const Arguments& arguments) {
  Question question{"question", arguments.question, "", {}, Scale::ordinal, {}};
  for (std::size_t i = 0; i < arguments.options.size(); ++i) {
    question.options.push_back({letterLabel(i), arguments.options[i], {}});
  }
  Survey survey;
  survey.language = arguments.language;
  survey.questions = {question};
  survey.populations = {{arguments.population, arguments.population, phraseFor(arguments), {}}};
  survey.items = {{0, 0, {}, {}, {}}};
  checkSurvey(survey, "the question");
  return survey;
}

Json answerJson(const Survey& survey, const Prediction& prediction) {
  Json options = Json::array();
  for (std::size_t i = 0; i < prediction.labels.size(); ++i) {
    options.push_back({{"label", prediction.labels[i]},
                       {"text", survey.questions[0].options[i].text},
                       {"probability", prediction.probabilities[i]}});
  }
  return {{"question", survey.questions[0].text},
          {"population", survey.populations[0].name},
          {"options", options},
          {"option_mass", *prediction.optionMass}};
}

// First-token alignment compares the letters with each other and with nothing else, so a model that
// was trained that way need not put much of its probability on them.
std::string massText(const Arguments& arguments, double mass) {
  const bool aligned = arguments.model.trainedTemplate().has_value();
  const char* const remark = mass >= 0.5 ? ""
                             : aligned   ? "; training weighed them against each other only"
                                         : ": it may not have understood the format";
  return fmt::format("\n{:.1f} % of the model's probability is on these letters{}.\n", 100.0 * mass,
                     remark);
}

void run(Arguments& arguments) {
  if (arguments.options.size() > mostLetters) {
    throw Error(fmt::format("at most {} options have letters of their own", mostLetters));
  }
  const Survey survey = surveyOf(arguments);
  arguments.model.useTrainedTemplate(arguments.templateName);
  const PredictOptions options{findTemplate(arguments.templateName)};
  const LanguageModel model = arguments.model.load();
  const Predictions predictions = predict(model, survey, options, noProgress());
  const Prediction& answer = predictions.predictions.front();
  arguments.json.write(answerJson(survey, answer));
  if (arguments.json.toStandardOutput()) return;
  print(predictionBars(survey.questions[0], survey.populations[0], answer.probabilities));
  print(massText(arguments, *answer.optionMass));
}

}  // namespace

void addAsk(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("ask", descriptionOf("ask"));
  addModelOptions(verb, arguments->model, true);
  addTemplateOption(verb, arguments->templateName);
  verb.add_option("--population", arguments->population, "whose answer, for example Japan")
      ->required();
  verb.add_option("--phrase", arguments->phrase,
                  "the words for one of them, instead of \"someone from POPULATION\"");
  verb.add_option("--question", arguments->question, "the question's text")->required();
  verb.add_option("--option", arguments->options, "an option's text; give each in its order")
      ->required()
      ->take_all();
  verb.add_option("--language", arguments->language, "of the prompt: en, zh")
      ->capture_default_str();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass ask --model Qwen2.5-0.5B --population Japan "
      "--question \"How happy are you?\" --option \"Very happy\" --option \"Rather happy\" "
      "--option \"Not happy\"");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
