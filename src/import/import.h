#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "import/topics.h"
#include "microdata/draft/draft_mapping.h"
#include "microdata/skipped_records.h"
#include "survey/survey.h"

namespace canvass {

struct ImportPlan;
struct Mapping;
struct Respondents;

// Takes the respondents of files that were read.
using TakeRespondents = std::function<void(const Mapping&, const ImportPlan&, const Respondents&)>;

// The options of every importer.
struct ImportOptions {
  // A record that cannot be used is left out and listed, instead of ending the import. Files that
  // cannot be read as a whole (their encoding or their syntax is broken) always end it.
  bool skipInvalid = false;
  std::string name;                // the survey's; empty: the files' names
  std::string source;              // citation of the source of the figures; empty if unknown
  std::vector<TopicRange> topics;  // topics by question number; empty: the file's own, if any
  // Ids of questions whose options have no order, for formats that do not say it themselves.
  std::vector<std::string> nominalQuestions;

  // For files of respondents (docs/importing.md).
  std::filesystem::path mapping;   // what their columns mean; empty: none is given
  std::filesystem::path codebook;  // labels for files that have none (microdata/codebook.h)
  std::filesystem::path wording;   // full words of questions (import/variable_texts.h)
  std::map<std::string, std::string> variableTopics;  // topics by variable
  std::vector<std::string> questions;  // only these (microdata/choice/name_choice.h); empty: all
  std::vector<std::string> drop;       // none of these
  std::filesystem::path crosswalk;     // names of variables by wave (microdata/choice/crosswalk.h)
  bool ignoreCase = false;             // files may differ in the case of labels
  std::string where;                   // only these records (microdata/choice/condition.h)
  // How the file is written, if no mapping says it; empty: as the file itself shows.
  std::string encoding;      // of its texts: "windows-1252"
  std::string separator;     // of a text file's columns: ";" or "tab"
  std::string decimalMark;   // of a text file's numbers: "," or "."
  bool withMissing = false;  // don't know and no answer are options, not separate from them
  // If set, it takes the respondents instead of their being tabulated: the result holds no survey.
  TakeRespondents takeRespondents = {};
  bool baseWeights = false;  // the mapping's file of weights, which are made of others, is not used
  Progress* progress =
      &noProgress();  // reports how far a file has been read, in units of 10^6 bytes
};

// "file, record 3 (id 12)"; without the parenthesis if `id` is empty.
std::string recordPlace(const std::string& file, std::size_t record, const std::string& id);

struct ImportResult {
  Survey survey;
  std::vector<SkippedRecord> skipped;
  std::vector<std::string> notes;  // what was decided, and what the user should know
};

// One format that can be imported. Several files are merged into one survey.
struct Importer {
  std::string name;                     // its name on the command line: "simllm"
  std::string summary;                  // one line for a list of formats
  std::vector<std::string> extensions;  // of its files, without the dot: "sav"; names of it, too
  std::vector<std::string> options;     // of --mapping and the like: those that it uses
  // Whether a file (or folder) has the format, by its content.
  std::function<bool(const std::filesystem::path&)> recognizes;
  // Throws Error naming file and record at the first fault that `skipInvalid` does not cover.
  std::function<ImportResult(const std::vector<std::filesystem::path>&, const ImportOptions&)> run;
  // A first mapping for files of respondents; none for formats that need no mapping.
  std::function<MappingDraft(const std::vector<std::filesystem::path>&, const ImportOptions&)>
      draft;
};

// Every format, in the order in which a list should show them and in which formats are tried on a
// file: a narrower one comes before a wider one. To add one: make its folder next to this header
// and add a line to the table in import.cc.
std::span<const Importer> importers();
// By its name or the extension of its files. Throws Error with the formats that may have been
// meant.
const Importer& findImporter(const std::string& name);

// A survey in a form that needs no import step, detected by content: survey.jsonl or a simllm JSON
// file. The options apply to the latter only. Throws Error if the file is neither.
ImportResult loadSurveyWithNotes(const std::filesystem::path& path, const ImportOptions& options);
// The same with default options: the first bad record is an Error.
Survey loadSurvey(const std::filesystem::path& path);

}  // namespace canvass
