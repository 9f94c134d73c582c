#include "import/respondents_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/list_text.h"
#include "microdata/aggregated/aggregated_collector.h"
#include "microdata/codebook.h"
#include "microdata/draft/draft_mapping.h"
#include "microdata/readstat/readstat_reader.h"
#include "microdata/respondents.h"
#include "microdata/tabulate.h"

namespace canvass {
namespace {

// A weighted file that is read without weights gives figures that differ from its publisher's.
void noteUnusedWeight(const MicrodataReader& reader, const Mapping& mapping,
                      std::vector<std::string>& notes) {
  for (const Variable& variable : reader.variables()) {
    if (!variable.isFileWeight || !mapping.weight.name.empty()) continue;
    notes.push_back(fmt::format("{} weighs its records by \"{}\", but the mapping names no weight",
                                reader.fileName(), variable.name));
  }
}

void applyOptions(const ImportOptions& options, const std::vector<std::filesystem::path>& files,
                  ImportResult& result) {
  Survey& survey = result.survey;
  if (!options.name.empty()) survey.name = options.name;
  if (!options.source.empty()) survey.source = options.source;
  if (survey.name.empty()) survey.name = files.front().stem().string();
  if (!options.nominalQuestions.empty()) {
    throw Error("questions of this format are not named as nominal on the command line", {},
                "write scale = \"nominal\" into the mapping");
  }
  if (options.topics.empty()) return;
  const std::vector<std::string> uncovered = applyTopics(options.topics, survey);
  if (!uncovered.empty()) {
    result.notes.push_back(fmt::format("{} not in any topic range: {}",
                                       counted(uncovered.size(), "question"),
                                       fmt::join(uncovered, ", ")));
  }
}

// For a table that was aggregated by somebody else.
ImportResult importShares(const std::vector<std::filesystem::path>& files, const Mapping& mapping,
                          const ImportOptions& options, const OpenMicrodata& open) {
  if (options.withMissing) {
    throw Error("an aggregated table keeps don't know and refusals as the mapping says",
                mapping.file,
                "remove them from [missing] to keep them as options, without --with-missing");
  }
  AggregatedCollector collector(mapping, options.skipInvalid);
  for (const std::filesystem::path& file : files) collector.read(*open(file), *options.progress);
  Tabulation tabulation = collector.finish();
  ImportResult result{std::move(tabulation.survey),
                      collector.skipped(),
                      {counted(collector.rows(), "row") + " read"}};
  result.notes.insert(result.notes.end(), tabulation.notes.begin(), tabulation.notes.end());
  applyOptions(options, files, result);
  return result;
}

}  // namespace

OpenMicrodata openingCsv(const CsvForm& form, const ImportOptions& options) {
  const Codebook codebook = options.codebook.empty() ? Codebook() : readCodebook(options.codebook);
  return [form, codebook](const std::filesystem::path& file) {
    return withCodebook(openCsv(file, form), codebook);
  };
}

Mapping requireMapping(const ImportOptions& options, const std::string& format) {
  if (!options.mapping.empty()) return readMapping(options.mapping);
  throw Error(fmt::format("files of the format {} need a mapping: what their columns mean", format),
              {}, "name it with --mapping; --draft-mapping FILE writes a first one");
}

std::string draftRespondents(MicrodataReader& reader, const ImportOptions& options) {
  return draftMapping(reader, *options.progress);
}

ImportResult importRespondents(const std::vector<std::filesystem::path>& files,
                               const Mapping& mapping, const ImportOptions& options,
                               const OpenMicrodata& open) {
  if (files.empty()) throw Error("there is no file to import");
  requireDistinctFiles(files);
  if (std::holds_alternative<AggregatedTable>(mapping.table)) {
    return importShares(files, mapping, options, open);
  }
  RespondentCollector collector(mapping, options.skipInvalid);
  std::vector<std::string> notes;
  for (const std::filesystem::path& file : files) {
    const std::unique_ptr<MicrodataReader> reader = open(file);
    noteUnusedWeight(*reader, mapping, notes);
    collector.read(*reader, *options.progress);
  }
  Tabulation tabulation = tabulate(mapping, collector.plan(), collector.respondents(),
                                   {options.withMissing}, noProgress());
  ImportResult result{std::move(tabulation.survey), collector.skipped(), collector.notes()};
  result.notes.insert(result.notes.begin(),
                      counted(collector.respondents().size(), "respondent") + " read");
  result.notes.insert(result.notes.end(), notes.begin(), notes.end());
  result.notes.insert(result.notes.end(), tabulation.notes.begin(), tabulation.notes.end());
  applyOptions(options, files, result);
  return result;
}

}  // namespace canvass
