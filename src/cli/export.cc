#include "export/export.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "predictions/named_predictions.h"

namespace canvass {
namespace {

struct ExportArguments {
  std::string format;
  SurveyArguments survey;
  std::vector<std::string> predictions;
  std::string output;
  JsonOutput json;
};

void runExport(const ExportArguments& arguments) {
  const Exporter& exporter = findExporter(arguments.format);
  if (!arguments.predictions.empty() && !exporter.holdsPredictions) {
    throw Error(fmt::format("the format {} cannot hold predictions", exporter.name), {},
                "export csv, which holds them next to the survey's shares");
  }
  const ExportResult result =
      exporter.run({arguments.survey.load(), readNamedPredictions(arguments.predictions)});
  writeFileAtomically(arguments.output, result.text);
  for (const std::string& note : result.notes) tell("note: " + note);
  arguments.json.write({{"format", exporter.name},
                        {"items", result.items},
                        {"left_out", result.leftOut},
                        {"notes", result.notes}});
  if (arguments.json.toStandardOutput()) return;
  say(fmt::format("{} written to {} as {}; {} left out", counted(result.items, "item"),
                  arguments.output, exporter.name, grouped(result.leftOut)));
}

std::string helpOnExporters() {
  std::string text;
  for (const Exporter& exporter : exporters()) {
    text += (text.empty() ? "" : "; ") + exporter.name + ": " + exporter.summary;
  }
  return text;
}

}  // namespace

void addExport(CLI::App& app) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App& verb = *app.add_subcommand("export", "Write a survey in another format");
  verb.add_option("format", arguments->format, helpOnExporters())->type_name("NAME")->required();
  addSurveyOptions(verb, arguments->survey, "survey", "survey.jsonl or simllm JSON files", true);
  verb.add_option("--predictions", arguments->predictions,
                  "predictions.jsonl of one or several runs, whose shares stand next to those "
                  "that were observed; not for simllm and subpop")
      ->type_name("FILE");
  addJsonOption(verb, arguments->json);
  verb.add_option("-o,--output", arguments->output, "file to write")->type_name("FILE")->required();
  verb.footer(
      "What a format cannot hold is reported; docs/exporting.md lists all of it.\n\n"
      "Examples:\n  canvass export csv survey.jsonl -o shares.csv\n"
      "  canvass export xlsx held-out.jsonl --predictions tuned.jsonl -o shares.xlsx");
  verb.callback([arguments] { runExport(*arguments); });
}

}  // namespace canvass
