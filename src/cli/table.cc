#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/respondent_options.h"
#include "cli/terminal_progress.h"
#include "cli/verbs.h"
#include "report/tables/table_report.h"
#include "tasks/table_task.h"

namespace canvass {
namespace {

struct TableArguments {
  std::string file;
  TableTask task;
  std::string adjustment = "holm";
  std::string csv;
  std::string markdown;
  std::string latex;
  JsonOutput json;
};

Tables tablesWithProgress(const TableTask& task) {
  TerminalProgress progress("reading", "MB");
  return makeTables(task, progress);
}

void writeIfGiven(const std::string& file, const std::string& text) {
  if (!file.empty()) writeFileAtomically(file, text);
}

void runTable(TableArguments& arguments) {
  arguments.task.source.inputs = {arguments.file};
  arguments.task.options.adjustment = *adjustmentCalled(arguments.adjustment);
  const Tables result = tablesWithProgress(arguments.task);
  reportReading(result.reading);
  writeIfGiven(arguments.csv, questionTablesCsv(result.tables));
  writeIfGiven(arguments.markdown, questionTablesMarkdown(result.tables));
  writeIfGiven(arguments.latex, questionTablesLatex(result.tables));
  arguments.json.write(questionTablesJson(result.tables));
  if (arguments.json.toStandardOutput()) return;
  for (std::size_t t = 0; t < result.tables.size(); ++t) {
    print((t == 0 ? "" : "\n") + questionTableText(result.tables[t], terminalStyle()));
  }
}

void addFileOptions(CLI::App& verb, TableArguments& arguments) {
  verb.add_option("--csv", arguments.csv, "write every figure in full, one line each")
      ->type_name("FILE");
  verb.add_option("--markdown", arguments.markdown, "write the tables in Markdown")
      ->type_name("FILE");
  verb.add_option("--latex", arguments.latex, "write the tables in LaTeX, with booktabs")
      ->type_name("FILE");
  addJsonOption(verb, arguments.json);
}

}  // namespace

void addTable(CLI::App& app) {
  auto arguments = std::make_shared<TableArguments>();
  TableOptions& options = arguments->task.options;
  CLI::App& verb = *app.add_subcommand(
      "table", "Show how groups answer, with standard errors, intervals and tests");
  verb.add_option("file", arguments->file,
                  "survey.jsonl; or, with --mapping, a file of respondents, whose covariances are "
                  "then part of differences and tests")
      ->type_name("FILE")
      ->required();
  verb.add_option("question", options.questions, "ids of questions; all without any")
      ->type_name("QUESTION");
  verb.add_option("--by", options.by,
                  "attributes that divide the groups, separated by commas; everyone together "
                  "without any")
      ->type_name("NAME")
      ->delimiter(',')
      ->allow_extra_args(false);  // questions may follow
  addRespondentOptions(verb, arguments->task.source.options, /*required=*/false);
  verb.add_option("--adjust", arguments->adjustment,
                  "how p of the differences is adjusted for their number: holm (familywise error), "
                  "bh (Benjamini-Hochberg, false discovery rate) or none")
      ->check(CLI::IsMember({"holm", "bh", "none"}))
      ->capture_default_str();
  addFileOptions(verb, *arguments);
  verb.footer(
      "Examples:\n  canvass table survey.jsonl Q1 --by country\n"
      "  canvass table answers.sav Q1 Q2 --mapping mapping.toml --by sex,age --latex q.tex");
  verb.callback([arguments] { runTable(*arguments); });
}

}  // namespace canvass
