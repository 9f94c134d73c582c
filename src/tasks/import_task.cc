#include "tasks/import_task.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/file.h"
#include "import/formats.h"
#include "tasks/data_folder.h"

namespace canvass {
namespace {

std::filesystem::path topicsFile(const std::string& choice) {
  const std::filesystem::path bundled = dataFolder() / "topics" / (choice + ".csv");
  return std::filesystem::exists(choice) ? std::filesystem::path(choice) : bundled;
}

std::vector<std::filesystem::path> pathsOf(const ImportTask& task) {
  requireDistinctFiles({task.inputs.begin(), task.inputs.end()});
  return {task.inputs.begin(), task.inputs.end()};
}

const Importer& importerFor(const ImportTask& task) {
  const Importer& importer =
      task.format.empty() ? detectImporter(pathsOf(task)) : findImporter(task.format);
  refuseUnusedOptions(importer, task.options);
  return importer;
}

}  // namespace

ImportedSurvey importSurvey(const ImportTask& task, Progress& progress) {
  const Importer& importer = importerFor(task);
  ImportOptions options = task.options;
  options.progress = &progress;
  if (!task.topics.empty()) options.topics = readTopics(topicsFile(task.topics));
  return {importer.name, importer.run(pathsOf(task), options)};
}

std::string draftSurveyMapping(const ImportTask& task, const std::filesystem::path& target,
                               Progress& progress) {
  const Importer& importer = importerFor(task);
  if (!importer.draft) {
    throw Error(fmt::format("the format {} needs no mapping", importer.name), {},
                "leave out --draft-mapping");
  }
  if (task.inputs.size() != 1) throw Error("a mapping is drafted from one file");
  if (std::filesystem::exists(target)) {
    throw Error("the file already exists", target.string(), "give the draft another name");
  }
  ImportOptions options = task.options;
  options.progress = &progress;
  writeFileAtomically(target, importer.draft(task.inputs.front(), options));
  return importer.name;
}

}  // namespace canvass
