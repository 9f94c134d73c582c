#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "cli/verbs.h"
#include "survey/survey_file.h"
#include "tasks/import_task.h"

namespace canvass {
namespace {

struct ImportArguments {
  std::vector<std::string> words;  // FILE..., or FORMAT FILE...
  ImportTask task;
  std::string draft;
  std::string output;
  JsonOutput json;
};

bool isFormat(const std::string& word) {
  return std::ranges::any_of(importers(), [&](const Importer& importer) {
    return importer.name == word ||
           std::ranges::find(importer.extensions, word) != importer.extensions.end();
  });
}

// The first word is a format unless it is a file and no format.
ImportTask taskOf(const ImportArguments& arguments) {
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

Json skippedRecordsJson(const std::vector<SkippedRecord>& skipped) {
  Json list = Json::array();
  for (const SkippedRecord& record : skipped) {
    list.push_back({{"file", record.file},
                    {"record", record.record},
                    {"id", record.id},
                    {"reason", record.reason}});
  }
  return list;
}

// The progress is taken off the screen before anything else is printed.
ImportedSurvey importWithProgress(const ImportTask& task) {
  TerminalProgress progress("reading", "MB");
  return importSurvey(task, progress);
}

std::string draftWithProgress(const ImportTask& task, const std::string& file) {
  TerminalProgress progress("reading", "MB");
  return draftSurveyMapping(task, file, progress);
}

void writeDraft(const ImportTask& task, const std::string& file) {
  const std::string format = draftWithProgress(task, file);
  print(fmt::format(
      "{0} written; look through it, then: {1} import {2} {3} --mapping {0} -o survey.jsonl\n",
      file, programName(), format, task.inputs.front()));
}

void runImport(const ImportArguments& arguments) {
  const ImportTask task = taskOf(arguments);
  if (!arguments.draft.empty()) return writeDraft(task, arguments.draft);
  const auto [format, result] = importWithProgress(task);
  writeSurvey(result.survey, arguments.output);
  for (const std::string& note : result.notes) std::fprintf(stderr, "note: %s\n", note.c_str());
  reportSkipped(result.skipped);
  arguments.json.write({{"format", format},
                        {"questions", result.survey.questions.size()},
                        {"populations", result.survey.populations.size()},
                        {"items", result.survey.items.size()},
                        {"skipped", skippedRecordsJson(result.skipped)},
                        {"notes", result.notes}});
  if (arguments.json.toStandardOutput()) return;
  print(fmt::format("{} items ({} questions, {} populations) written to {}; {} left out\n",
                    result.survey.items.size(), result.survey.questions.size(),
                    result.survey.populations.size(), arguments.output, result.skipped.size()));
}

std::string helpOnImporters() {
  std::string text = "a format and files, or files alone, whose format is then detected: ";
  for (const Importer& importer : importers())
    text += importer.name + ": " + importer.summary + "; ";
  return text + "the extensions of files name formats, too (sav, dta, sas7bdat)";
}

void addTaskOptions(CLI::App& verb, ImportTask& task) {
  ImportOptions& options = task.options;
  verb.add_flag("--skip-invalid", options.skipInvalid, "leave out invalid records, and say which");
  verb.add_option("--name", options.name, "the survey's name");
  verb.add_option("--source", options.source, "citation of where the figures come from");
  verb.add_option("--topics", task.topics,
                  "topics by question number: wvs7, or a CSV file first_id,last_id,topic");
  verb.add_option("--nominal", options.nominalQuestions,
                  "ids of questions whose options have no order, separated by commas")
      ->delimiter(',');
  verb.add_option("--mapping", options.mapping,
                  "what the columns of a file of respondents mean: a TOML file, see "
                  "docs/importing.md");
  verb.add_option("--codebook", options.codebook,
                  "labels of variables and codes for csv and wvs: a JSON file, see "
                  "docs/importing.md");
  verb.add_option("--wording", options.wording,
                  "the questions' full words for wvs: a CSV file variable,text");
  verb.add_flag("--with-missing", options.withMissing,
                "keep don't know and no answer as options instead of apart from them");
}

void addOutputOptions(CLI::App& verb, ImportArguments& arguments) {
  CLI::Option* draft = verb.add_option("--draft-mapping", arguments.draft,
                                       "write a first mapping of a file of respondents, and stop");
  for (const char* option : {"--skip-invalid", "--name", "--source", "--topics", "--nominal",
                             "--mapping", "--wording", "--with-missing"}) {
    draft->excludes(option);
  }
  addJsonOption(verb, arguments.json);
  draft->excludes("--json");
  verb.add_option("-o,--output", arguments.output, "survey.jsonl to write")->excludes(draft);
}

}  // namespace

void addImport(CLI::App& app) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App& verb =
      *app.add_subcommand("import", "Make a survey.jsonl from files of another format");
  verb.add_option("input", arguments->words, helpOnImporters())
      ->type_name("[FORMAT] FILE")
      ->required();
  addTaskOptions(verb, arguments->task);
  addOutputOptions(verb, *arguments);
  verb.footer(
      "Examples:\n"
      "  canvass import train.json valid.json --topics wvs7 -o survey.jsonl\n"
      "  canvass import subpop subpop-train.jsonl -o survey.jsonl\n"
      "  canvass import answers.sav --draft-mapping mapping.toml\n"
      "  canvass import answers.sav --mapping mapping.toml -o survey.jsonl");
  verb.callback([arguments] {
    if (arguments->draft.empty() && arguments->output.empty()) {
      throw CLI::RequiredError("--output or --draft-mapping");
    }
    runImport(*arguments);
  });
}

}  // namespace canvass
