#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/import_options.h"
#include "cli/messages.h"
#include "cli/terminal_progress.h"
#include "cli/verbs.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

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

// The progress is removed from the screen before anything else is printed.
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
  const std::string codebook = task.options.codebook.string();
  say(fmt::format(
      "{0} written; review it, then run: {1} import {2} {3}{4} --mapping {0} -o survey.jsonl", file,
      programName(), format, task.inputs.front(),
      codebook.empty() ? "" : " --codebook " + codebook));
}

void runImport(const ImportArguments& arguments) {
  const ImportTask task = importTaskOf(arguments);
  if (!arguments.draft.empty()) return writeDraft(task, arguments.draft);
  const auto [format, result] = importWithProgress(task);
  writeSurvey(result.survey, arguments.output);
  for (const std::string& note : result.notes) tell("note: " + note);
  reportSkipped(result.skipped);
  arguments.json.write({{"format", format},
                        {"questions", result.survey.questions.size()},
                        {"populations", result.survey.populations.size()},
                        {"items", result.survey.items.size()},
                        {"skipped", skippedRecordsJson(result.skipped)},
                        {"notes", result.notes}});
  if (arguments.json.toStandardOutput()) return;
  say(fmt::format("{} ({}, {}) written to {}; {} left out",
                  counted(result.survey.items.size(), "item"),
                  counted(result.survey.questions.size(), "question"),
                  counted(result.survey.populations.size(), "population"), arguments.output,
                  grouped(result.skipped.size())));
}

}  // namespace

void addImport(CLI::App& app) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App& verb =
      *app.add_subcommand("import", "Convert files of another format to a survey.jsonl");
  addImportOptions(verb, *arguments);
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
