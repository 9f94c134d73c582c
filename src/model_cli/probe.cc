#include "model_tasks/probe.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "model_cli/model_options.h"
#include "model_cli/verbs.h"
#include "model_tasks/make_predictor.h"
#include "report/probes/probe_report.h"

namespace canvass {
namespace {

struct ProbeArguments {
  PredictorOptions asking;
  ProbeOptions probe;  // without the wordings
  SurveyArguments items;
  SurveyArguments wording;
  std::string metric = "js_similarity";
  std::string output;
  JsonOutput json;

  ProbeOptions load() const {
    ProbeOptions options = probe;
    for (const std::string& file : wording.files) {
      SurveyArguments one = wording;
      one.files = {file};
      options.wordings.push_back({std::filesystem::path(file).stem().string(), one.load()});
    }
    return options;
  }
};

void runProbe(const ProbeArguments& arguments) {
  const Survey items = arguments.items.load();
  const Probe probe(arguments.load(), items);
  TerminalProgress loading("loading", "bytes");
  const auto predictor = makePredictor(arguments.asking, items, loading);
  TerminalProgress progress("predicting", "items");
  const ProbeResult result = probe.run(*predictor, progress);
  const Json record = saveProbe(result, arguments.output);
  progress.message(
      fmt::format("{} files of predictions written to {}", result.rows.size(), arguments.output));
  arguments.json.write(record);
  if (arguments.json.toStandardOutput()) return;
  print(probeText(result.effects, result.positions, arguments.metric, terminalStyle()));
}

std::string probeList() {
  std::string list = "Probes:\n";
  for (const ProbeDescription& probe : probeDescriptions()) {
    list += fmt::format("  {:<12}{}\n", probe.name, probe.description);
  }
  return list;
}

void addProbeChoices(CLI::App& verb, ProbeArguments& arguments) {
  static const std::map<std::string, OptionOrder> orders = {{"cyclic", OptionOrder::cyclic},
                                                            {"all", OptionOrder::all},
                                                            {"sampled", OptionOrder::sampled}};
  ProbeOptions& options = arguments.probe;
  std::vector<std::string> names;
  for (const ProbeDescription& probe : probeDescriptions()) names.emplace_back(probe.name);
  verb.add_option("probe", options.probe, "which; see below")
      ->required()
      ->check(CLI::IsMember(names));
  verb.add_option_function<std::string>(
          "--orders", [&options](const std::string& name) { options.order = orders.at(name); },
          "of the probe order: cyclic, all, sampled")
      ->default_str("cyclic")
      ->check(CLI::IsMember({"cyclic", "all", "sampled"}));
  verb.add_option("--count", options.count, "how many orders are sampled")
      ->default_str("4")
      ->check(CLI::Range(1, 1000));
  addSurveyOptions(verb, arguments.wording, "--wording",
                   "of the probe wording: surveys with the same ids in other words", false);
  verb.add_option("--prefixes", options.prefixes,
                  "of the probe prefix, such as \" My answer is (\"; the label follows at once; "
                  "built-in ones by default");
  verb.add_option("--templates", options.templates, "of the probe template: names or files");
  verb.add_option("--seed", options.seed, "of what is drawn, the resamples too")
      ->capture_default_str();
  verb.add_option("--resamples", options.resamples, "of the paired intervals")
      ->capture_default_str()
      ->check(CLI::Range(40, 1000000));
}

}  // namespace

void addProbe(CLI::App& app) {
  auto arguments = std::make_shared<ProbeArguments>();
  CLI::App& verb = *app.add_subcommand("probe", descriptionOf("probe"));
  addModelOptions(verb, arguments->asking.model, true);
  addSurveyOptions(verb, arguments->items, "--items",
                   "what to ask; if people answered, the changes are judged by them", true);
  refuseRenamed(verb, "--survey", "--items");
  addTemplateOption(verb, arguments->asking.templateName);
  addForestOptions(verb, arguments->asking.forest, ForestOptions().tokenBudget);
  addProbeChoices(verb, *arguments);
  verb.add_option("--metric", arguments->metric, "the one that the table shows")
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "folder for probe.json and the predictions")
      ->required();
  addJsonOption(verb, arguments->json);
  verb.footer(probeList() +
              "Example:\n  canvass probe order --model Qwen2.5-0.5B --items held-out.jsonl "
              "-o order");
  verb.callback([arguments] { runProbe(*arguments); });
}

}  // namespace canvass
