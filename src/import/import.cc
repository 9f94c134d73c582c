#include "import/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/file.h"
#include "base/paths.h"
#include "import/csv/csv.h"
#include "import/dtef/dtef.h"
#include "import/global_opinions/global_opinions.h"
#include "import/opinionqa/opinionqa.h"
#include "import/simllm/simllm.h"
#include "import/statistics_packages/statistics_packages.h"
#include "import/subpop/subpop.h"
#include "import/wvs/wvs.h"
#include "survey/survey_file.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

// The options of a format of published distributions, which does not say which options have an
// order.
const std::vector<std::string> ofDistributions = {"--nominal"};
// --nominal is refused by formats with a mapping, with advice: the mapping says it.
const std::vector<std::string> ofRespondents = {
    "--mapping", "--codebook", "--wording",   "--nominal",     "--with-missing", "--questions",
    "--drop",    "--where",    "--crosswalk", "--ignore-case", "--encoding"};
const std::vector<std::string> ofCsv = [] {
  std::vector<std::string> options = ofRespondents;
  options.insert(options.end(), {"--separator", "--decimal"});
  return options;
}();

const std::array allImporters{
    Importer{"simllm",
             "JSON records with instruction, input, options and options_dist",
             {"json"},
             ofDistributions,
             [](const auto& path) { return isRegularFile(path) && isSimllmFile(path); },
             importSimllm,
             nullptr},
    Importer{"wvs",
             "respondents of the World Values Survey as CSV, with --codebook",
             {},
             ofCsv,
             isWvsFile,
             importWvs,
             draftWvs},
    spssImporter(ofRespondents),
    stataImporter(ofRespondents),
    sasImporter(ofRespondents),
    Importer{"global-opinions",
             "GlobalOpinionQA, a CSV file of distributions",
             {},
             ofDistributions,
             isGlobalOpinionsFile,
             importGlobalOpinions,
             nullptr},
    Importer{"dtef",
             "a survey of the Digital Twin Evaluation Framework: segments with percentages",
             {},
             ofDistributions,
             [](const auto& path) { return isRegularFile(path) && isDtefFile(path); },
             importDtef,
             nullptr},
    Importer{"subpop",
             "SubPOP, distributions of groups as JSON lines",
             {"jsonl"},
             ofDistributions,
             isSubpopFile,
             importSubpop,
             nullptr},
    Importer{"opinionqa",
             "OpinionQA, folders of waves with info, metadata and responses",
             {},
             {"--mapping", "--nominal", "--with-missing"},
             isOpinionqaFolder,
             importOpinionqa,
             nullptr},
    Importer{"csv",
             "respondents, or shares, as lines of separated values, with --mapping",
             {"csv", "tsv"},
             ofCsv,
             isCsvFile,
             importCsv,
             draftCsv},
};

}  // namespace

std::string recordPlace(const std::string& file, std::size_t record, const std::string& id) {
  const std::string place = recordPlace(file, record);
  return id.empty() ? place : fmt::format("{} (id {})", place, id);
}

std::span<const Importer> importers() { return allImporters; }

const Importer& findImporter(const std::string& name) {
  std::vector<std::string> known;
  for (const Importer& importer : allImporters) {
    if (importer.name == name ||
        std::ranges::find(importer.extensions, name) != importer.extensions.end()) {
      return importer;
    }
    known.push_back(importer.name);
    known.insert(known.end(), importer.extensions.begin(), importer.extensions.end());
  }
  throw Error(fmt::format("there is no import format \"{}\"", name), {}, choiceOf(name, known));
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
