#include "tasks/picture_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "report/page/study_json.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

constexpr std::array kindsOfPicture = {
    PictureKind{
        "map", "part-map", "Countries by part of the study",
        "the world, with the parts that each country is in, or with one figure per country"},
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

// The request without what all pictures have: title, theme and width.
Json contentOfPicture(const PictureKind& kind, const PictureTask& task) {
  if (!task.evaluation.empty()) {
    const Json evaluation = parseJson(readFile(task.evaluation), task.evaluation);
    return {{"picture", "value-map"},
            {"map", valueMapJson(evaluation, task.metric, task.evaluation)}};
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
  if (!task.evaluation.empty()) return "How well each country is predicted";
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
