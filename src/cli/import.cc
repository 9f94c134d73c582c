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

DraftedMapping draftWithProgress(const ImportTask& task, const std::string& file) {
  TerminalProgress progress("reading", "MB");
  return draftSurveyMapping(task, file, progress);
}

// Those of the draft's options that the import needs too.
std::string choicesOf(const ImportOptions& options) {
  std::string text;
  for (const auto& [option, value] : {std::pair{"--codebook", options.codebook.string()},
                                      std::pair{"--crosswalk", options.crosswalk.string()}}) {
    if (!value.empty()) text += fmt::format(" {} {}", option, value);
  }
  return options.where.empty() ? text : text + fmt::format(" --where '{}'", options.where);
}

void writeDraft(const ImportTask& task, const std::string& file) {
  const auto [format, notes] = draftWithProgress(task, file);
  for (const std::string& note : notes) tell("guessed: " + note);
  say(fmt::format("{} written; review it, then run: {} import {} {}{} --mapping {} -o survey.jsonl",
                  file, programName(), format, fmt::join(task.inputs, " "), choicesOf(task.options),
                  file));
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
