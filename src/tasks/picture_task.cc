#include "tasks/picture_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "base/list_text.h"
#include "predictions/named_predictions.h"
#include "report/page/study_json.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

constexpr std::array kindsOfPicture = {
    PictureKind{
        "map", "part-map", "Populations by part of the study",
        "the world, with the parts that each country is in, or with one figure per country; of "
        "other populations a list, or dots, by attribute"},
    PictureKind{"topics", "topics", "Questions by topic",
                "a sunburst of questions by part and topic"},
    PictureKind{"coverage", "coverage", "Items by population and question",
                "a table of which population was asked which question"},
};

const PictureKind& kindNamed(const std::string& name) {
  const auto found = std::ranges::find(kindsOfPicture, name, &PictureKind::name);
  if (found != kindsOfPicture.end()) return *found;
  std::vector<std::string> names;
  for (const PictureKind& kind : kindsOfPicture) names.emplace_back(kind.name);
  throw Error(fmt::format("there is no picture \"{}\"", name), {}, choiceOf(name, names));
}

// Of several runs in one file, the one that is asked for, by its name as the report has it.
Json evaluationOf(const PictureTask& task) {
  Json content = parseJson(readFile(task.evaluation), task.evaluation);
  if (!content.is_array() && task.run.empty()) return content;
  std::vector<std::string> files;
  if (!content.is_array()) content = Json::array({std::move(content)});
  for (const Json& one : content) files.push_back(one.is_object() ? one.value("name", "") : "");
  const std::vector<std::string> names = runTitles(files);
  const auto found = std::ranges::find(names, task.run);
  if (found != names.end()) return content[static_cast<std::size_t>(found - names.begin())];
  throw Error(task.run.empty()
                  ? fmt::format("there are {} in this file", counted(names.size(), "evaluation"))
                  : fmt::format("there is no run \"{}\" in this file", task.run),
              task.evaluation, fmt::format("give --run {}", fmt::join(names, ", or --run ")));
}

// The request without what all pictures have: title, theme and width.
Json contentOfPicture(const PictureKind& kind, const PictureTask& task) {
  if (!task.evaluation.empty()) {
    return {{"picture", "value-map"},
            {"map", valueMapJson(evaluationOf(task), task.metric, task.evaluation)}};
  }
  if (task.parts.empty()) {
    throw Error("there is nothing to draw", {},
                "name one or several survey files, parts of a study");
  }
  return {{"picture", task.respondents ? "respondents" : kind.picture},
          {"study", studyJson(task.parts)}};
}

std::string titleOfPicture(const PictureKind& kind, const PictureTask& task) {
  if (!task.title.empty()) return task.title;
  if (!task.evaluation.empty()) return "How well each population is predicted";
  return task.respondents ? "Respondents by population and question" : kind.title;
}

}  // namespace

std::span<const PictureKind> pictureKinds() { return kindsOfPicture; }

Json pictureRequest(const PictureTask& task) {
  const PictureKind& kind = kindNamed(task.kind);
  Json request = contentOfPicture(kind, task);
  request["title"] = titleOfPicture(kind, task);
  request["theme"] = task.theme;
  request["width"] = task.width;
  return request;
}

}  // namespace canvass
