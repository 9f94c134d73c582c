#include "import/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/file.h"
#include "import/csv/csv.h"
#include "import/global_opinions/global_opinions.h"
#include "import/opinionqa/opinionqa.h"
#include "import/simllm/simllm.h"
#include "import/statistics_packages/statistics_packages.h"
#include "import/subpop/subpop.h"
#include "import/wvs/wvs.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

const std::array allImporters{
    Importer{"simllm", "JSON records with instruction, input, options and options_dist",
             importSimllm, nullptr},
    Importer{"csv", "respondents, or shares, as lines of separated values, with --mapping",
             importCsv, draftCsv},
    Importer{"wvs", "respondents of the World Values Survey as CSV, with --codebook", importWvs,
             draftWvs},
    spssImporter(),
    stataImporter(),
    sasImporter(),
    Importer{"global-opinions", "GlobalOpinionQA, a CSV file of distributions",
             importGlobalOpinions, nullptr},
    Importer{"subpop", "SubPOP, distributions of groups as JSON lines", importSubpop, nullptr},
    Importer{"opinionqa", "OpinionQA, folders of waves with info, metadata and responses",
             importOpinionqa, nullptr},
};

}  // namespace

std::string recordPlace(const std::string& file, std::size_t record, const std::string& id) {
  const std::string place = recordPlace(file, record);
  return id.empty() ? place : fmt::format("{} (id {})", place, id);
}

std::span<const Importer> importers() { return allImporters; }

const Importer& findImporter(const std::string& name) {
  const auto found = std::find_if(allImporters.begin(), allImporters.end(),
                                  [&name](const Importer& one) { return one.name == name; });
  if (found != allImporters.end()) return *found;
  std::vector<std::string> known;
  for (const Importer& one : allImporters) known.push_back(one.name);
  throw Error(fmt::format("there is no import format \"{}\"", name), {},
              fmt::format("the known formats are {}", fmt::join(known, ", ")));
}

ImportResult loadSurveyWithNotes(const std::filesystem::path& path, const ImportOptions& options) {
  if (isSurveyFile(path)) return {readSurvey(path), {}, {}};
  if (isSimllmFile(path)) return importSimllm({path}, options);
  throw Error("this is neither a survey.jsonl nor a simllm JSON file", path.string(),
              "make a survey of it with canvass import");
}

Survey loadSurvey(const std::filesystem::path& path) {
  return loadSurveyWithNotes(path, {}).survey;
}

}  // namespace canvass
