#include "tasks/reflect_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "report/opinions/reflection_json.h"
#include "report/terminal/terminal_text.h"

namespace canvass {
namespace {

std::vector<SteeredAnswers> readSteered(const ReflectTask& task) {
  const std::vector<std::string> names = shortNames(task.steered);
  std::vector<SteeredAnswers> steered;
  for (std::size_t run = 0; run < names.size(); ++run) {
    const NamedPredictions& one = task.steered[run];
    steered.push_back(steeredAnswers(task.survey, one.predictions, names[run]));
    const auto& items = steered.back().byItem;
    if (std::ranges::none_of(items, [](const auto& item) { return item.has_value(); })) {
      throw Error("no prediction is of an observed item of the survey", one.name,
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
              "name the id of the population that represents everyone with --whole");
}

DefaultAnswers readDefault(const ReflectTask& task) {
  try {
    return defaultAnswers(task.survey, task.unsteered.predictions);
  } catch (const Error& error) {
    throw error.at(task.unsteered.name);
  }
}

}  // namespace

Reflection reflectOpinions(const ReflectTask& task) {
  RepresentationOptions options;
  options.whole = wholeIn(task.survey, task.whole);
  options.bootstrap = task.bootstrap;
  return reflectionOf(task.survey, readDefault(task), readSteered(task), options);
}

Json culturalMapRequest(const Survey& survey, const Reflection& reflection,
                        const std::string& theme) {
  if (!reflection.map) throw Error(reflection.mapMissing);
  const std::string& model = reflection.answers.model;
  Json request = {{"picture", "cultural-map"},
                  {"map", culturalMapJson(survey, *reflection.map)},
                  {"title", "Where the model stands among " +
                                counted(reflection.map->people.size(), "population")},
                  {"theme", theme},
                  {"width", 960}};
  request["map"]["name"] = std::filesystem::path(model).filename().string();
  request["map"]["source"] = survey.source.empty() ? survey.name : survey.source;
  return request;
}

}  // namespace canvass
