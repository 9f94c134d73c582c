#include "tasks/split_task.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "base/error.h"
#include "base/list_text.h"
#include "base/paths.h"
#include "designs/naacl2025.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

void noteDropped(const char* kind, const std::vector<std::string>& ids,
                 std::vector<std::string>& notes) {
  if (ids.empty()) return;
  notes.push_back(fmt::format("training {} not kept: {} ({})", kind, grouped(ids.size()),
                              fmt::join(ids, ", ")));
}

Parts asParts(Split split) {
  Parts result;
  if (split.sharingItems > 0) {
    result.notes.push_back(fmt::format(
        "{} in no part, because respondents of theirs answered the same question in a population "
        "that is held out: {}",
        counted(split.sharingItems, "item"), listText(split.sharingPopulations)));
  }
  noteDropped("populations", split.droppedPopulations, result.notes);
  noteDropped("questions", split.droppedQuestions, result.notes);
  if (split.droppedItems > 0) {
    result.notes.push_back(fmt::format("their items, in no part: {}", grouped(split.droppedItems)));
  }
  result.parts.push_back({"train", std::move(split.train)});
  result.parts.push_back({"held-out", std::move(split.heldOut)});
  return result;
}

}  // namespace

Parts divideSurvey(const SplitTask& task) {
  if (task.design == "naacl2025") return splitNaacl2025(task.survey, task.repair);
  if (!task.design.empty()) {
    throw Error(fmt::format("there is no design \"{}\"", task.design), {}, "choose naacl2025");
  }
  if (task.test) return leaveSurveyOut(task.survey, *task.test, task.similarity);
  return asParts(splitSurvey(task.survey, task.plan));
}

std::vector<std::filesystem::path> writeParts(const Parts& parts,
                                              const std::filesystem::path& folder,
                                              const std::vector<std::filesystem::path>& read) {
  const auto fileOf = [&folder](const std::string& part) { return folder / (part + ".jsonl"); };
  for (const std::string& part : parts.emptyParts) {
    if (!isThere(fileOf(part))) continue;
    throw Error(fmt::format("the part {} has no items, but there is an older file of it", part),
                fileOf(part).string(), "remove it, or choose another folder");
  }
  for (const Part& part : parts.parts) {
    for (const std::filesystem::path& file : read) {
      std::error_code reason;
      if (!std::filesystem::equivalent(file, fileOf(part.name), reason)) continue;
      throw Error("the file that is divided would be overwritten by one of its parts",
                  file.string(), "choose another folder");
    }
  }
  std::vector<std::filesystem::path> files;
  for (const Part& part : parts.parts) {
    writeSurvey(part.survey, fileOf(part.name));
    files.push_back(fileOf(part.name));
  }
  return files;
}

}  // namespace canvass
