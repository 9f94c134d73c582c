#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "cli/messages.h"
#include "designs/parts.h"
#include "import/import.h"
#include "stats/crossed_bootstrap.h"
#include "survey/survey.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace canvass {

// Options that several verbs share, so that each has one name and one help text.

struct SurveyArguments {
  std::vector<std::string> files;
  const CLI::Option* skipInvalid = nullptr;  // one flag for all surveys of a verb

  // Reads and merges the files; what was left out is reported on standard error. Throws Error if a
  // file is given twice.
  Survey load() const;
  // Nothing if no file was given.
  std::optional<Survey> loadIfGiven() const;
  // Each file a part of a study, under its name or its stem.
  enum class PartName { file, stem };
  std::vector<Part> loadParts(PartName name) const;
};
void addSurveyOptions(CLI::App& verb, SurveyArguments& arguments, const std::string& name,
                      const std::string& help, bool required);

// A list of names that a user types, as namesTyped reads it; several lists are one.
CLI::Option* addNamesOption(CLI::App& verb, const std::string& option,
                            std::vector<std::string>& names, const std::string& help);

// `--resamples` and `--seed`; `what` is resampled: "questions and populations".
void addBootstrapOptions(CLI::App& verb, BootstrapOptions& options, const std::string& what);
// `--neighbours` of the baseline that averages the nearest populations; needs `--train`.
void addNeighborsOption(CLI::App& verb, std::size_t& neighbors);

// `--json` (to standard output, instead of text) or `--json FILE` (next to the text).
struct JsonOutput {
  CLI::Option* option = nullptr;
  std::string file;

  bool toStandardOutput() const;
  // Writes to where the user asked; nothing if they did not.
  void write(const Json& json) const;
};
// `ofText`: the verb's options that shape its text alone, which are refused if JSON replaces it.
void addJsonOption(CLI::App& verb, JsonOutput& output, const std::vector<const char*>& ofText = {});

// Refuses an option's former name, which no help text lists, naming what replaces it: "--items",
// "canvass combine estimate --survey".
void refuseRenamed(CLI::App& verb, const std::string& former, const std::string& now);

// For CLI::Option::check: the name of a file to draw to.
std::string checkPictureFile(const std::string& file);

// Names each record that an import left out, on standard error.
void reportSkipped(const std::vector<SkippedRecord>& skipped);

// In single quotes, as shells take it.
std::string inQuotes(const std::string& text);

// The command as typed, word by word, so that results can say how they were made.
std::vector<std::string> commandOf(const CLI::App& verb);

// The program as the user called it, for suggested commands.
std::string programName();

}  // namespace canvass
