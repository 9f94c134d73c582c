#include "import/respondents_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/list_text.h"
#include "base/utf8.h"
#include "import/respondent_choices.h"
#include "microdata/aggregated/aggregated_collector.h"
#include "microdata/choice/merged_reader.h"
#include "microdata/csv/decimal_mark.h"
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
    if (!variable.isFileWeight || !mapping.design.weight.name.empty() ||
        !mapping.design.weightFile.name.empty()) {
      continue;
    }
    notes.push_back(fmt::format("{} weighs its records by \"{}\", but the mapping names no weight",
                                reader.fileName(), variable.name));
  }
}

// The variable or the file of the weights.
std::string weightingOf(const MappedDesign& design) {
  if (!design.weight.name.empty()) return design.weight.name;
  return design.weightFile.name.empty() ? "unweighted" : design.weightFile.name;
}

void addTo(std::vector<std::string>& notes, const std::vector<std::string>& more) {
  notes.insert(notes.end(), more.begin(), more.end());
}

void applyOptions(const ImportOptions& options, const std::vector<std::filesystem::path>& files,
                  ImportResult& result) {
  Survey& survey = result.survey;
  if (!options.name.empty()) survey.name = options.name;
  if (!options.source.empty()) survey.source = options.source;
  if (survey.name.empty()) survey.name = visible(files.front().stem().string());
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

// Without [[questions]], which the rows make, there is nothing that could be chosen by name.
void refuseChoicesOfShares(const ImportOptions& options) {
  for (const auto& [option, isGiven] :
       {std::pair{"--questions", !options.questions.empty()},
        std::pair{"--drop", !options.drop.empty()}, std::pair{"--where", !options.where.empty()}}) {
    if (!isGiven) continue;
    throw Error(fmt::format("{} does nothing for a table of shares", option), {},
                "list the questions to use as [[questions]] of the mapping");
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
  refuseChoicesOfShares(options);
  RespondentChoices choices(options);
  const Mapping chosen = choices.chosenQuestions(mapping);
  AggregatedCollector collector(chosen, options.skipInvalid);
  for (const std::filesystem::path& file : files) {
    collector.read(*choices.chosenRecords(open(file), file), *options.progress);
  }
  Tabulation tabulation = collector.finish();
  ImportResult result{std::move(tabulation.survey),
                      collector.skipped(),
                      {counted(collector.rows(), "row") + " read"}};
  result.notes.insert(result.notes.end(), tabulation.notes.begin(), tabulation.notes.end());
  applyOptions(options, files, result);
  return result;
}

}  // namespace

CsvForm csvFormOf(const ImportOptions& options) {
  CsvForm form{options.separator == "tab" ? "\t" : options.separator, options.encoding};
  if (form.separator.size() > 1) {
    throw Error(fmt::format("the separator \"{}\" is not a single character", form.separator), {},
                "give --separator \",\", \";\", \"|\" or tab");
  }
  if (options.decimalMark.empty()) return form;
  if (options.decimalMark != "." && options.decimalMark != ",") {
    throw Error(fmt::format("the decimal mark is \"{}\"", options.decimalMark), {},
                "it must be \".\" or \",\"");
  }
  form.decimalMark = options.decimalMark.front();
  return form;
}

OpenMicrodata openingCsv(const CsvForm& form) {
  return [form](const std::filesystem::path& file) { return openCsv(file, form); };
}

OpenMicrodata openingCsvForDraft(const ImportOptions& options) {
  return [&options](const std::filesystem::path& file) {
    CsvForm form = csvFormOf(options);
    if (options.decimalMark.empty()) form.decimalMark = detectDecimalMark(file, form);
    return openCsv(file, form);
  };
}

Mapping requireMapping(const ImportOptions& options, const std::string& format) {
  if (!options.mapping.empty()) {
    Mapping mapping = readMapping(options.mapping);
    if (options.baseWeights) mapping.design.weightFile = {};
    return mapping;
  }
  throw Error(fmt::format("files of the format {} need a mapping: what their columns mean", format),
              {}, "name it with --mapping; --draft-mapping FILE writes a first one");
}

MappingDraft draftRespondents(const std::vector<std::filesystem::path>& files,
                              const ImportOptions& options, const OpenMicrodata& open) {
  if (files.empty()) throw Error("there is no file to draft a mapping for");
  RespondentChoices choices(options);
  std::vector<std::unique_ptr<MicrodataReader>> readers;
  for (const std::filesystem::path& file : files) {
    readers.push_back(choices.chosenRecords(open(file), file));
  }
  MergedReader reader(std::move(readers));
  MappingDraft draft =
      draftMapping(reader, choices.ofDraft(reader, files.size() > 1), *options.progress);
  addTo(draft.notes, reader.notes());
  addTo(draft.notes, choices.notes());
  return draft;
}

ImportResult importRespondents(const std::vector<std::filesystem::path>& files,
                               const Mapping& mapping, const ImportOptions& options,
                               const OpenMicrodata& open) {
  if (files.empty()) throw Error("there is no file to import");
  requireDistinctFiles(files);
  if (std::holds_alternative<AggregatedTable>(mapping.table)) {
    if (options.takeRespondents) {
      throw Error("the table holds shares and no respondents", files.front().string(),
                  "make a survey of it with canvass import");
    }
    return importShares(files, mapping, options, open);
  }
  RespondentChoices choices(options);
  const Mapping chosen = choices.chosenQuestions(mapping);
  RespondentCollector collector(chosen, options.skipInvalid, options.ignoreCase);
  std::vector<std::string> notes;
  for (const std::filesystem::path& file : files) {
    const std::unique_ptr<MicrodataReader> reader = choices.chosenRecords(open(file), file);
    noteUnusedWeight(*reader, chosen, notes);
    collector.read(*reader, *options.progress);
  }
  Tabulation tabulation;
  if (options.takeRespondents) {
    options.takeRespondents(chosen, collector.plan(), collector.respondents());
  } else {
    tabulation = tabulate(chosen, collector.plan(), collector.respondents(), {options.withMissing},
                          noProgress());
  }
  ImportResult result{std::move(tabulation.survey), collector.skipped(), {}};
  result.survey.weighting = weightingOf(chosen.design);
  result.notes.push_back(counted(collector.respondents().size(), "respondent") + " read");
  addTo(result.notes, choices.notes());
  addTo(result.notes, collector.notes());
  if (result.survey.weighting == "unweighted" && !options.takeRespondents) {
    notes.emplace_back("no weight is used: every respondent counts equally");
  }
  addTo(result.notes, notes);
  addTo(result.notes, tabulation.notes);
  if (!options.takeRespondents) applyOptions(options, files, result);
  return result;
}

}  // namespace canvass
