#include "tasks/import_task.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/file.h"
#include "base/paths.h"
#include "import/first_line.h"
#include "import/formats.h"
#include "import/packed/unpacked_files.h"
#include "import/variable_texts.h"
#include "survey/dates.h"
#include "tasks/data_folder.h"

namespace canvass {
namespace {

std::filesystem::path topicsFile(const std::string& choice) {
  const std::filesystem::path bundled = dataFolder() / "topics" / (choice + ".csv");
  return isThere(choice) ? std::filesystem::path(choice) : bundled;
}

UnpackedFiles unpackedInputs(const ImportTask& task) {
  const std::vector<std::filesystem::path> given(task.inputs.begin(), task.inputs.end());
  requireDistinctFiles(given);
  return UnpackedFiles(given);
}

// `use` with the importer and the files that it can open.
template <typename Use>
auto withImporter(const ImportTask& task, const UnpackedFiles& files, Use use) {
  try {
    const Importer& importer =
        task.format.empty() ? detectImporter(files.paths()) : findImporter(task.format);
    refuseUnusedOptions(importer, task.options);
    return use(importer);
  } catch (const Error& error) {
    throw files.named(error);
  }
}

// By question number, or by variable.
void readTopicsInto(const ImportTask& task, ImportOptions& options) {
  if (task.topics.empty()) return;
  const std::filesystem::path file = topicsFile(task.topics);
  if (hasColumns(file, {"variable"})) {
    options.variableTopics = readVariableTexts(file, "topic");
  } else {
    options.topics = readTopics(file);
  }
}

}  // namespace

ImportedSurvey importSurvey(const ImportTask& task, Progress& progress) {
  ImportOptions options = task.options;
  options.progress = &progress;
  checkDate(task.date, "--date");
  readTopicsInto(task, options);
  const UnpackedFiles files = unpackedInputs(task);
  return withImporter(task, files, [&](const Importer& importer) {
    ImportedSurvey imported{importer.name, files.named(importer.run(files.paths(), options))};
    for (Question& question : imported.result.survey.questions) {
      const auto topic = options.variableTopics.find(question.id);
      if (topic != options.variableTopics.end()) question.topic = topic->second;
    }
    for (Population& population : imported.result.survey.populations) {
      if (!task.date.empty()) population.date = task.date;
    }
    return imported;
  });
}

DraftedMapping draftSurveyMapping(const ImportTask& task, const std::filesystem::path& target,
                                  Progress& progress) {
  ImportOptions options = task.options;
  options.progress = &progress;
  readTopicsInto(task, options);
  if (!options.topics.empty()) {
    throw Error("a draft takes topics by variable only", topicsFile(task.topics).string(),
                "give the draft a table variable,topic, or give --topics when you import");
  }
  const UnpackedFiles files = unpackedInputs(task);
  return withImporter(task, files, [&](const Importer& importer) {
    if (!importer.draft) {
      throw Error(fmt::format("the format {} needs no mapping", importer.name), {},
                  "leave out --draft-mapping");
    }
    if (isThere(target)) {
      throw Error("the file already exists", target.string(), "give the draft another name");
    }
    MappingDraft draft = importer.draft(files.paths(), options);
    writeFileAtomically(target, draft.text);
    return DraftedMapping{importer.name, std::move(draft.notes)};
  });
}

}  // namespace canvass
