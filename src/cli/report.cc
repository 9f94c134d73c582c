#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "tasks/report_task.h"

namespace canvass {
namespace {

struct ReportArguments {
  SurveyArguments survey;
  ReportTask task;
  std::string output;
  std::string latex;
  std::string checklist;
};

// The table has the evaluations' figures only.
void refuseUnused(const ReportArguments& arguments) {
  for (const auto& [option, isGiven] :
       {std::pair{"--survey", !arguments.survey.files.empty()},
        std::pair{"--training", !arguments.task.trainings.empty()}}) {
    if (!isGiven) continue;
    throw CLI::ValidationError(option, "does nothing for a table; give -o or --checklist, too");
  }
}

void runReport(ReportArguments& arguments) {
  if (arguments.output.empty() && arguments.latex.empty() && arguments.checklist.empty()) {
    throw Error("there is nothing to write", {},
                "give -o report.html, --latex table.tex, --checklist checklist.md, or several");
  }
  ReportTask& task = arguments.task;
  if (arguments.output.empty() && arguments.checklist.empty()) refuseUnused(arguments);
  task.survey = arguments.survey.loadIfGiven();
  task.surveyFiles = arguments.survey.files;
  task.page = !arguments.output.empty();
  task.table = !arguments.latex.empty();
  task.checklist = !arguments.checklist.empty();
  const Report report = makeReport(task);
  if (task.table) {
    writeFileAtomically(arguments.latex, report.table);
    say(fmt::format("table of {} written to {}", counted(report.runs, "run"), arguments.latex));
  }
  if (task.checklist) {
    writeFileAtomically(arguments.checklist, report.checklist);
    say(fmt::format("checklist written to {}; what is still to add is marked there",
                    arguments.checklist));
  }
  if (task.page) {
    writeFileAtomically(arguments.output, report.page);
    say(fmt::format("page of {} written to {} ({:.1f} MB); open it in a browser",
                    counted(report.runs, "run"), arguments.output,
                    static_cast<double>(report.page.size()) / 1e6));
  }
}

// The page and the checklist show what the table does not.
void addPageOptions(CLI::App& verb, ReportArguments& arguments) {
  verb.add_option("-o,--output", arguments.output, "HTML page to write")->type_name("FILE");
  addSurveyOptions(verb, arguments.survey, "--survey",
                   "survey with the observed answers, for the wording of questions and options",
                   false);
  verb.add_option("--predictions", arguments.task.predictions,
                  "predictions.jsonl of each evaluation in turn, to see the items one by one")
      ->type_name("FILE")
      ->needs(verb.get_option("--survey"));
  verb.add_option("--training", arguments.task.trainings,
                  "folders from canvass train, for settings and learning curves")
      ->type_name("FOLDER");
  verb.add_option(
          "--checklist", arguments.checklist,
          "write what a reader has to be told of survey and model, as far as the files know "
          "it, in Markdown")
      ->type_name("FILE");
}

}  // namespace

void addReport(CLI::App& app) {
  auto arguments = std::make_shared<ReportArguments>();
  ReportTask& task = arguments->task;
  task.title = "How well answers are predicted";
  CLI::App& verb = *app.add_subcommand("report", "Put results on one page for a browser");
  verb.add_option("evaluations", task.evaluations, "JSON files from canvass evaluate --json FILE")
      ->type_name("FILE")
      ->required();
  addNamesOption(verb, "--names", task.names,
                 "names of the runs, separated by commas; by default those of the files");
  verb.add_option("--title", task.title, "title of the page and the table")->capture_default_str();
  addPageOptions(verb, *arguments);
  verb.add_option("--latex", arguments->latex,
                  "write a table of figures, baselines and ceiling for a paper")
      ->type_name("FILE");
  verb.footer(
      "Example:\n  canvass evaluate --survey held-out.jsonl --train train.jsonl "
      "--predictions tuned.jsonl --json tuned.json\n"
      "  canvass report tuned.json --survey held-out.jsonl --predictions tuned.jsonl "
      "-o report.html");
  verb.callback([arguments, &verb] {
    arguments->task.command = commandOf(verb);
    runReport(*arguments);
  });
}

}  // namespace canvass
