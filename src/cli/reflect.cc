#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "cli/drawing.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "opinions/reflection.h"
#include "report/opinions/reflection_json.h"
#include "report/opinions/reflection_text.h"

namespace canvass {
namespace {

struct Arguments {
  SurveyArguments survey;
  std::string predictions;
  std::vector<std::string> steered;
  std::string whole;
  BootstrapOptions bootstrap;
  bool all = false;
  std::string map;
  std::string theme = "light";
  JsonOutput json;
};

// By their templates where these tell the runs apart, else by their files.
std::vector<std::string> namesOf(const std::vector<Predictions>& runs,
                                 const std::vector<std::string>& files) {
  std::vector<std::string> names;
  for (const Predictions& run : runs) names.push_back(run.templateName);
  std::vector<std::string> sorted = names;
  std::ranges::sort(sorted);
  const bool same = std::ranges::adjacent_find(sorted) != sorted.end();
  if (!same && std::ranges::find(names, "") == names.end()) return names;
  names.clear();
  for (const std::string& file : files) {
    names.push_back(std::filesystem::path(file).stem().string());
  }
  return names;
}

std::vector<SteeredAnswers> readSteered(const Survey& survey,
                                        const std::vector<std::string>& files) {
  requireDistinctFiles({files.begin(), files.end()});
  std::vector<Predictions> runs;
  for (const std::string& file : files) runs.push_back(readPredictions(file));
  const std::vector<std::string> names = namesOf(runs, files);
  std::vector<SteeredAnswers> steered;
  for (std::size_t run = 0; run < runs.size(); ++run) {
    steered.push_back(steeredAnswers(survey, runs[run], names[run]));
    const auto& items = steered.back().byItem;
    if (std::ranges::none_of(items, [](const auto& one) { return one.has_value(); })) {
      throw Error("no prediction is of an observed item of the survey", files[run],
                  "predict the survey with a template that names the population");
    }
  }
  return steered;
}

std::optional<std::size_t> wholeIn(const Survey& survey, const std::string& id) {
  if (id.empty()) return std::nullopt;
  const auto found = SurveyIndex(survey).population(id);
  if (found) return found;
  throw Error(fmt::format("the survey has no population \"{}\"", id), {},
              "name the id of the population that stands for everyone with --whole");
}

DefaultAnswers readDefault(const Survey& survey, const std::string& file) {
  const Predictions predictions = readPredictions(file);
  try {
    return defaultAnswers(survey, predictions);
  } catch (const Error& error) {
    throw error.at(file);
  }
}

void drawMap(const Arguments& arguments, const Survey& survey, const Reflection& reflection) {
  if (!reflection.map) throw Error(reflection.mapMissing);
  const std::string& model = reflection.answers.model;
  Json request = {{"picture", "cultural-map"},
                  {"map", culturalMapJson(survey, *reflection.map)},
                  {"title", "Where the model stands among " +
                                counted(reflection.map->people.size(), "population")},
                  {"theme", arguments.theme},
                  {"width", 960}};
  request["map"]["name"] = std::filesystem::path(model).filename().string();
  request["map"]["source"] = survey.source.empty() ? survey.name : survey.source;
  const std::string svg = drawSvg(request);
  const bool png = std::filesystem::path(arguments.map).extension() == ".png";
  writeFileAtomically(arguments.map, png ? pngOf(svg) : svg);
}

void run(const Arguments& arguments) {
  const Survey survey = arguments.survey.load();
  RepresentationOptions options;
  options.whole = wholeIn(survey, arguments.whole);
  options.bootstrap = arguments.bootstrap;
  const Reflection reflection = reflectionOf(survey, readDefault(survey, arguments.predictions),
                                             readSteered(survey, arguments.steered), options);
  if (!arguments.map.empty()) drawMap(arguments, survey, reflection);
  arguments.json.write(reflectionJson(survey, reflection));
  if (arguments.json.toStandardOutput()) return;
  print(reflectionText(survey, reflection, arguments.all, terminalStyle()));
  if (!arguments.map.empty()) print(fmt::format("The map was written to {}\n", arguments.map));
}

std::string checkPicture(const std::string& file) {
  const auto extension = std::filesystem::path(file).extension();
  return extension == ".svg" || extension == ".png" ? "" : file + ": must end in .svg or .png";
}

void addOptions(CLI::App& verb, Arguments& arguments) {
  addSurveyOptions(verb, arguments.survey, "--survey", "what the populations answered", true);
  verb.add_option("--predictions", arguments.predictions,
                  "answers of the model where no population is named (template no-population)")
      ->required();
  verb.add_option("--steered", arguments.steered,
                  "predictions that name the populations; several files are several ways of "
                  "naming them (templates qa, bio, portray)");
  verb.add_option("--whole", arguments.whole,
                  "id of the population that stands for everyone; without it the mean of all does");
  addBootstrapOptions(verb, arguments.bootstrap, "questions");
  verb.add_flag("--all", arguments.all, "show every population, however many");
  CLI::Option* map = verb.add_option("--map", arguments.map, "draw the cultural map: .svg, or .png")
                         ->check(checkPicture);
  verb.add_option("--theme", arguments.theme, "of the map: light (also for paper) or dark")
      ->capture_default_str()
      ->check(CLI::IsMember({"light", "dark"}))
      ->needs(map);
  addJsonOption(verb, arguments.json);
}

}  // namespace

void addReflect(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand(
      "reflect", "Whose opinions a model reflects, and how far naming a population moves it");
  addOptions(verb, *arguments);
  verb.footer(
      "Example:\n  canvass predict --model M --items survey.jsonl --template no-population -o "
      "default.jsonl\n  canvass reflect --survey survey.jsonl --predictions default.jsonl \\\n"
      "      --steered qa.jsonl bio.jsonl portray.jsonl --map map.svg");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
