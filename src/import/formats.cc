#include "import/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/paths.h"
#include "survey/survey_file.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

const Importer* importerOf(const std::filesystem::path& file) {
  const auto found = std::ranges::find_if(
      importers(), [&](const Importer& importer) { return importer.recognizes(file); });
  return found == importers().end() ? nullptr : &*found;
}

std::vector<std::string> formatNames() {
  std::vector<std::string> names;
  for (const Importer& importer : importers()) names.push_back(importer.name);
  return names;
}

const Importer& requireImporterOf(const std::filesystem::path& file) {
  if (!isThere(file)) {
    if (file.string().find_first_of("./") != std::string::npos) {
      throw Error("this file does not exist", file.string());
    }
    throw Error(fmt::format("there is no file or import format \"{}\"", file.string()), {},
                choiceOf(file.string(), formatNames()));
  }
  if (isRegularFile(file) && isSurveyFile(file)) {
    throw Error("this is already a survey", file.string(), "it does not need to be imported");
  }
  if (const Importer* const found = importerOf(file)) return *found;
  throw Error("its format is not detected", file.string(),
              fmt::format("name it: canvass import FORMAT {}; the formats are {}", file.string(),
                          fmt::join(formatNames(), ", ")));
}

}  // namespace

const Importer& detectImporter(const std::vector<std::filesystem::path>& files) {
  if (files.empty()) throw Error("there is no file to import");
  const Importer& first = requireImporterOf(files.front());
  for (const std::filesystem::path& file : files) {
    const Importer& other = requireImporterOf(file);
    if (&other == &first) continue;
    throw Error(fmt::format("the file has the format {}, but {} has the format {}", other.name,
                            files.front().string(), first.name),
                file.string(), "import files in one format at a time");
  }
  return first;
}

void refuseUnusedOptions(const Importer& importer, const ImportOptions& options) {
  const std::pair<std::string_view, bool> given[] = {
      {"--mapping", !options.mapping.empty()},     {"--codebook", !options.codebook.empty()},
      {"--wording", !options.wording.empty()},     {"--nominal", !options.nominalQuestions.empty()},
      {"--with-missing", options.withMissing},     {"--encoding", !options.encoding.empty()},
      {"--separator", !options.separator.empty()}, {"--decimal", !options.decimalMark.empty()},
      {"--questions", !options.questions.empty()}, {"--drop", !options.drop.empty()},
      {"--where", !options.where.empty()},         {"--crosswalk", !options.crosswalk.empty()},
      {"--ignore-case", options.ignoreCase},
  };
  for (const auto& [option, isGiven] : given) {
    const auto& used = importer.options;
    if (!isGiven || std::ranges::find(used, option) != used.end()) continue;
    throw Error(fmt::format("{} does nothing for the format {}", option, importer.name), {},
                "leave it out");
  }
  for (const char* option : {"--encoding", "--separator", "--decimal"}) {
    const std::pair<std::string_view, bool> asGiven{option, true};
    const bool isGiven = std::ranges::find(given, asGiven) != std::end(given);
    if (!isGiven || options.mapping.empty()) continue;
    throw Error(fmt::format("{} does nothing if a mapping is given", option), {},
                fmt::format("write it into the mapping: [file] {} = ...", option + 2));
  }
}

}  // namespace canvass
