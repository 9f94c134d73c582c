#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/engine_program.h"
#include "cli/terminal_progress.h"
#include "model_cli/model_options.h"
#include "model_cli/probe_options.h"
#include "model_cli/verbs.h"
#include "model_tasks/make_predictor.h"
#include "report/probes/probe_report.h"

namespace canvass {
namespace {

void runProbe(const ProbeArguments& arguments) {
  const Survey items = arguments.items.load();
  const Probe probe(arguments.load(), items);
  TerminalProgress loading("loading", "MB");
  const auto predictor = makePredictor(arguments.asking, items, loading);
  TerminalProgress progress("predicting", "items");
  const ProbeResult result = probe.run(*predictor, progress);
  const Json record = saveProbe(result, arguments.output);
  progress.message(fmt::format("{} of predictions written to {}",
                               counted(result.rows.size(), "file"), arguments.output));
  arguments.json.write(record);
  if (arguments.json.toStandardOutput()) return;
  print(probeText(result.effects, result.positions, arguments.metric, terminalStyle()));
}

}  // namespace

void addProbe(CLI::App& app) {
  auto arguments = std::make_shared<ProbeArguments>();
  CLI::App& verb = *app.add_subcommand("probe", descriptionOf("probe"));
  addModelOptions(verb, arguments->asking.model, true);
  addSurveyOptions(verb, arguments->items, "--items",
                   "survey with the items to ask about; if it has people's answers, the changes "
                   "are compared with them",
                   true);
  refuseRenamed(verb, "--survey", "--items");
  addTemplateOption(verb, arguments->asking.templateName);
  addForestOptions(verb, arguments->asking.forest, ForestOptions().tokenBudget);
  addProbeChoices(verb, *arguments);
  verb.add_option("--metric", arguments->metric, "metric that the table shows")
      ->type_name("NAME")
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "folder for probe.json and the predictions")
      ->type_name("FOLDER")
      ->required();
  addJsonOption(verb, arguments->json, {"--metric"});
  verb.footer(probeList() +
              "\nExample:\n  canvass probe order --model Qwen2.5-0.5B --items held-out.jsonl "
              "-o order");
  verb.callback([arguments] { runProbe(*arguments); });
}

}  // namespace canvass
