#include "cli/import_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

namespace canvass {
namespace {

bool isFormat(const std::string& word) {
  return std::ranges::any_of(importers(), [&](const Importer& importer) {
    return importer.name == word ||
           std::ranges::find(importer.extensions, word) != importer.extensions.end();
  });
}

std::string helpOnImporters() {
  std::string text = "a format and files, or only files, whose format is then detected: ";
  for (const Importer& importer : importers())
    text += importer.name + ": " + importer.summary + "; ";
  return text + "file extensions also name formats (sav, dta, sas7bdat)";
}

void addTaskOptions(CLI::App& verb, ImportTask& task) {
  ImportOptions& options = task.options;
  verb.add_flag("--skip-invalid", options.skipInvalid,
                "leave out invalid records, and report them");
  verb.add_option("--name", options.name, "name of the survey");
  verb.add_option("--source", options.source, "citation of the source of the figures");
  verb.add_option("--topics", task.topics,
                  "topics by question number: wvs7, or a CSV file first_id,last_id,topic")
      ->type_name("FILE");
  verb.add_option("--nominal", options.nominalQuestions,
                  "ids of questions whose options have no order, separated by commas")
      ->delimiter(',');
  verb.add_option("--mapping", options.mapping,
                  "TOML file that says what the columns of a file of respondents mean; see "
                  "docs/importing.md")
      ->type_name("FILE");
  verb.add_option(
          "--codebook", options.codebook,
          "JSON file with labels of variables and codes, for csv and wvs; see docs/importing.md")
      ->type_name("FILE");
  verb.add_option("--wording", options.wording,
                  "CSV file variable,text with the questions' full wording, for wvs")
      ->type_name("FILE");
  verb.add_flag("--with-missing", options.withMissing,
                "keep \"don't know\" and \"no answer\" as options instead of separately");
}

void addOutputOptions(CLI::App& verb, ImportArguments& arguments) {
  CLI::Option* draft = verb.add_option("--draft-mapping", arguments.draft,
                                       "write a draft mapping for a file of respondents, and stop")
                           ->type_name("FILE");
  for (const char* option : {"--skip-invalid", "--name", "--source", "--topics", "--nominal",
                             "--mapping", "--wording", "--with-missing"}) {
    draft->excludes(option);
  }
  addJsonOption(verb, arguments.json);
  draft->excludes("--json");
  verb.add_option("-o,--output", arguments.output, "survey.jsonl to write")
      ->type_name("FILE")
      ->excludes(draft);
}

}  // namespace

ImportTask importTaskOf(const ImportArguments& arguments) {
  ImportTask task = arguments.task;
  task.inputs = arguments.words;
  const std::string& first = task.inputs.front();
  const bool isFile = std::filesystem::exists(first);
  if (isFormat(first) ? task.inputs.size() > 1 || !isFile : !isFile && task.inputs.size() > 1) {
    task.format = findImporter(first).name;
    task.inputs.erase(task.inputs.begin());
  }
  if (task.inputs.empty()) throw CLI::RequiredError("a file to import");
  return task;
}

void addImportOptions(CLI::App& verb, ImportArguments& arguments) {
  verb.add_option("input", arguments.words, helpOnImporters())->type_name("FILE")->required();
  addTaskOptions(verb, arguments.task);
  addOutputOptions(verb, arguments);
}

}  // namespace canvass
