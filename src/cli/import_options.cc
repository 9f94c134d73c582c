#include "cli/import_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/respondent_options.h"
#include "import/packed/unpacked_files.h"

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
  return text +
         "file extensions also name formats (sav, dta, sas7bdat); files in .gz and .zip are "
         "unpacked, "
         "of an archive of several one is named behind it: answers.zip/wave1.sav";
}

// What of a file of respondents is used, for an import and a draft alike.
void addChoiceOptions(CLI::App& verb, ImportOptions& options) {
  addNamesOption(verb, "--questions", options.questions,
                 "use only these variables as questions: q1,q5-q9,trust*");
  addNamesOption(verb, "--drop", options.drop, "do not use these variables, in the same form");
  verb.add_option("--where", options.where,
                  "use only the records for which a condition holds: \"wave == 2023 and age >= "
                  "18\"; see docs/importing.md")
      ->type_name("CONDITION");
  verb.add_option("--crosswalk", options.crosswalk,
                  "CSV file variable,WAVE,WAVE... with what variables are called in each wave's "
                  "file; the files become one survey with an attribute wave")
      ->type_name("FILE");
  verb.add_flag("--ignore-case", options.ignoreCase,
                "several files may differ in upper and lower case of labels");
}

void addTaskOptions(CLI::App& verb, ImportTask& task) {
  ImportOptions& options = task.options;
  verb.add_flag("--skip-invalid", options.skipInvalid,
                "leave out invalid records, and report them");
  verb.add_option("--name", options.name, "name of the survey");
  verb.add_option("--source", options.source, "citation of the source of the figures");
  verb.add_option("--date", task.date,
                  "when people were asked, for all populations: 2020, 2020-05 or 2020-05-17");
  verb.add_option("--topics", task.topics,
                  "topics: wvs7, or a CSV file variable,topic or first_id,last_id,topic")
      ->type_name("FILE");
  addNamesOption(verb, "--nominal", options.nominalQuestions,
                 "ids of questions whose options have no order, separated by commas");
  addMappingOptions(verb, options);
  verb.add_option("--wording", options.wording,
                  "CSV file variable,text with the questions' full wording")
      ->type_name("FILE");
  verb.add_option(
      "--encoding", options.encoding,
      "encoding of the file's texts, such as windows-1252, for a draft, which then says "
      "it; without it, as the file itself says, or UTF-8");
  verb.add_option("--separator", options.separator,
                  "what separates the columns of a text file, for a draft: a character or tab; "
                  "without it, as the first line shows");
  verb.add_option("--decimal", options.decimalMark,
                  "decimal mark of a text file's numbers, for a draft: . or ,; without it, as the "
                  "numbers show");
  verb.add_flag("--with-missing", options.withMissing,
                "keep \"don't know\" and \"no answer\" as options instead of separately");
  addChoiceOptions(verb, options);
}

void addOutputOptions(CLI::App& verb, ImportArguments& arguments) {
  CLI::Option* draft = verb.add_option("--draft-mapping", arguments.draft,
                                       "write a draft mapping for a file of respondents, and stop")
                           ->type_name("FILE");
  for (const char* option : {"--skip-invalid", "--name", "--source", "--date", "--nominal",
                             "--mapping", "--with-missing", "--ignore-case"}) {
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
  const bool isFile = isInput(first);
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
