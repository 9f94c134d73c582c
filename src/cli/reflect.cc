#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/messages.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "report/opinions/reflection_json.h"
#include "report/opinions/reflection_text.h"
#include "tasks/drawing.h"
#include "tasks/reflect_task.h"

namespace canvass {
namespace {

struct ReflectArguments {
  SurveyArguments survey;
  std::string predictions;
  std::vector<std::string> steered;
  ReflectTask task;
  bool all = false;
  std::string map;
  std::string theme = "light";
  JsonOutput json;
};

void runReflect(ReflectArguments& arguments) {
  ReflectTask& task = arguments.task;
  task.survey = arguments.survey.load();
  task.unsteered = {arguments.predictions, readPredictions(arguments.predictions)};
  task.steered = readNamedPredictions(arguments.steered);
  const Reflection reflection = reflectOpinions(task);
  if (!arguments.map.empty()) {
    writePicture(culturalMapRequest(task.survey, reflection, arguments.theme), arguments.map);
  }
  arguments.json.write(reflectionJson(task.survey, reflection));
  if (arguments.json.toStandardOutput()) return;
  print(reflectionText(task.survey, reflection, arguments.all, terminalStyle()));
  if (!arguments.map.empty()) say(fmt::format("map written to {}", arguments.map));
}

void addReflectOptions(CLI::App& verb, ReflectArguments& arguments) {
  addSurveyOptions(verb, arguments.survey, "--survey", "survey with the populations' answers",
                   true);
  verb.add_option("--predictions", arguments.predictions,
                  "predictions in which no population is named (template no-population)")
      ->type_name("FILE")
      ->required();
  verb.add_option("--steered", arguments.steered,
                  "predictions in which populations are named; several files are several ways of "
                  "naming them (templates qa, bio, portray)")
      ->type_name("FILE");
  verb.add_option(
          "--whole", arguments.task.whole,
          "id of the population that represents everyone; by default the mean of all populations")
      ->type_name("NAME");
  addBootstrapOptions(verb, arguments.task.bootstrap, "questions");
  verb.add_flag("--all", arguments.all, "show every population, however many");
  CLI::Option* map =
      verb.add_option("--map", arguments.map, "file to draw the cultural map to: .svg or .png")
          ->type_name("FILE")
          ->check(checkPictureFile);
  verb.add_option("--theme", arguments.theme,
                  "color theme of the map: light (also for paper) or dark")
      ->capture_default_str()
      ->check(CLI::IsMember({"light", "dark"}))
      ->needs(map);
  addJsonOption(verb, arguments.json, {"--all"});
}

}  // namespace

void addReflect(CLI::App& app) {
  auto arguments = std::make_shared<ReflectArguments>();
  CLI::App& verb = *app.add_subcommand(
      "reflect",
      "Measure whose opinions a model reflects, and how far naming a population moves it");
  addReflectOptions(verb, *arguments);
  verb.footer(
      "Example:\n  canvass predict --model M --items survey.jsonl --template no-population -o "
      "default.jsonl\n  canvass reflect --survey survey.jsonl --predictions default.jsonl \\\n"
      "      --steered qa.jsonl bio.jsonl portray.jsonl --map map.svg");
  verb.callback([arguments] { runReflect(*arguments); });
}

}  // namespace canvass
