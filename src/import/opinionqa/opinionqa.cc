#include "import/opinionqa/opinionqa.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/paths.h"
#include "import/opinionqa/wave.h"
#include "import/published/question_details.h"
#include "import/respondents_import.h"
#include "microdata/csv/csv_reader.h"

namespace canvass {
namespace {

// "American_Trends_Panel_W26/" is the same folder.
std::filesystem::path withoutSlash(const std::filesystem::path& folder) {
  return folder.has_filename() ? folder : folder.parent_path();
}

ImportResult importWave(const std::filesystem::path& folder, const ImportOptions& options) {
  if (!isFolder(folder)) {
    throw Error("this is not a folder", folder.string(),
                "name the folder of a wave, with info.csv, metadata.csv and responses.csv");
  }
  const std::filesystem::path responses = folder / "responses.csv";
  const CsvForm form{",", {}, '.'};
  opinionqa::Wave wave =
      opinionqa::readWave(folder, openCsv(responses, form)->variables(), options);
  ImportResult result =
      importRespondents({responses}, wave.mapping, options,
                        [&form](const std::filesystem::path& file) { return openCsv(file, form); });
  result.skipped.insert(result.skipped.begin(), wave.skipped.begin(), wave.skipped.end());
  result.notes.insert(result.notes.end(), wave.notes.begin(), wave.notes.end());
  return result;
}

void append(ImportResult wave, const std::string& prefix, std::vector<Survey>& surveys,
            ImportResult& all) {
  surveys.push_back(std::move(wave.survey));
  all.skipped.insert(all.skipped.end(), wave.skipped.begin(), wave.skipped.end());
  for (const std::string& note : wave.notes) all.notes.push_back(prefix + note);
}

}  // namespace

ImportResult importOpinionqa(const std::vector<std::filesystem::path>& folders,
                             const ImportOptions& options) {
  if (folders.empty()) throw Error("there is no folder to import");
  requireDistinctFiles(folders);
  if (!options.mapping.empty()) {
    throw Error("the format opinionqa makes its own mapping", {},
                "import responses.csv separately: canvass import csv --mapping");
  }
  ImportOptions ofWaves = options;  // notes about questions are for all waves together
  ofWaves.name.clear();
  ofWaves.topics.clear();
  ofWaves.nominalQuestions.clear();
  std::vector<Survey> surveys;
  ImportResult all;
  for (const std::filesystem::path& given : folders) {
    const std::filesystem::path folder = withoutSlash(given);
    const std::string prefix = folders.size() == 1 ? "" : folder.filename().string() + ": ";
    append(importWave(folder, ofWaves), prefix, surveys, all);
  }
  all.survey = surveys.size() == 1 ? std::move(surveys.front()) : mergeSurveys(surveys);
  if (!options.name.empty()) all.survey.name = options.name;
  applyQuestionDetails(options, all);
  return all;
}

bool isOpinionqaFolder(const std::filesystem::path& path) {
  return isThere(path / "info.csv") && isThere(path / "metadata.csv") &&
         isThere(path / "responses.csv");
}

}  // namespace canvass
