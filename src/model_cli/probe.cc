#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cctype>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "engine/scoring/scorer.h"
#include "model_cli/model_options.h"
#include "model_cli/verbs.h"
#include "probes/debiasing.h"
#include "probes/option_order.h"
#include "probes/other_words.h"
#include "report/probes/probe_report.h"

namespace canvass {
namespace {

struct Arguments {
  std::string probe;
  ModelArguments model;
  SurveyArguments survey;
  SurveyArguments wording;
  std::vector<std::string> templates;
  std::vector<std::string> prefixes;
  std::string templateName;
  ForestOptions forest;
  std::string orders = "cyclic";
  std::size_t count = 4;
  std::uint64_t seed = 0;
  BootstrapOptions bootstrap;
  std::string metric = "js_similarity";
  std::string output;
  JsonOutput json;
};

std::vector<Variant> orders(const Arguments& arguments, const Survey& survey) {
  const OptionOrder order = arguments.orders == "all"       ? OptionOrder::all
                            : arguments.orders == "sampled" ? OptionOrder::sampled
                                                            : OptionOrder::cyclic;
  return orderVariants(survey, order, arguments.count, arguments.seed);
}

std::vector<Variant> wordings(const Arguments& arguments, const Survey& survey) {
  std::vector<Variant> all;
  for (const std::string& file : arguments.wording.files) {
    SurveyArguments one = arguments.wording;
    one.files = {file};
    all.push_back(otherWording(survey, one.load(), std::filesystem::path(file).stem().string()));
  }
  if (all.empty()) {
    throw Error("no other words are given", "", "give --wording SURVEY with the same ids");
  }
  return all;
}

std::vector<Variant> templates(const Arguments& arguments, const Survey& survey) {
  if (arguments.templates.empty()) {
    throw Error("no other template is given", "", "give --templates, for example qa bio");
  }
  return templateVariants(survey, arguments.templates);
}

struct Probe {
  const char* name;
  const char* description;
  std::vector<Variant> (*variants)(const Arguments&, const Survey&);
};

const std::vector<Probe>& probes() {
  static const std::vector<Probe> all = {
      {"order", "the options in other orders (--orders), with what corrects for it", orders},
      {"first", "each option in turn as the first",
       [](const Arguments&, const Survey& survey) {
         return orderVariants(survey, OptionOrder::first);
       }},
      {"reversed", "the last option first",
       [](const Arguments&, const Survey& survey) {
         return orderVariants(survey, OptionOrder::reversed);
       }},
      {"labels", "the options called 1 2 3, a b c, P Q R",
       [](const Arguments&, const Survey& survey) { return labelVariants(survey); }},
      {"population", "every population under another one's name",
       [](const Arguments& arguments, const Survey& survey) {
         return std::vector<Variant>{otherPopulations(survey, arguments.seed)};
       }},
      {"wording",
       "the words of other surveys with the same ids (--wording): a paraphrase, another "
       "language",
       wordings},
      {"prefix", "other words that open the answer (--prefixes)",
       [](const Arguments& arguments, const Survey& survey) {
         return prefixVariants(survey, arguments.prefixes);
       }},
      {"template", "other templates (--templates)", templates},
  };
  return all;
}

const Probe& findProbe(const std::string& name) {
  for (const Probe& probe : probes()) {
    if (name == probe.name) return probe;
  }
  throw Error("there is no probe '" + name + "'");
}

AskedVariant ask(const LanguageModel& model, const Arguments& arguments, const Survey& original,
                 Variant variant, TerminalProgress& progress) {
  const bool ownTemplate = !variant.templateName.empty();
  PredictOptions options{
      .asking = findTemplate(ownTemplate ? variant.templateName : arguments.templateName),
      .forest = arguments.forest};
  options.answerPrefix = variant.answerPrefix;
  progress.message("asking: " + variant.name);
  const Predictions predictions = predict(model, variant.survey, options, progress);
  if (predictions.predictions.size() < variant.survey.items.size()) {
    throw Error(fmt::format("stopped while asking \"{}\"; nothing was written", variant.name));
  }
  Predictions inOrder = inOriginalOrder(variant, original, predictions);
  return {std::move(variant), std::move(inOrder)};
}

// What corrects for order and labels, each as one more variant of the original.
void addDebiased(std::vector<AskedVariant>& rows, const std::vector<AskedVariant>& orders,
                 const Predictions& nothingAsked, const Arguments& arguments,
                 const Survey& survey) {
  const auto add = [&](const char* name, Predictions predictions) {
    rows.push_back({unchanged(survey, name), std::move(predictions)});
  };
  add("averaged", averagedOverOrders(orders));
  if (arguments.orders == "cyclic") add("pride", debiasedByPride(orders, {0.05, arguments.seed}));
  add("contextual", debiasedByContext(orders.front().predictions, nothingAsked));
}

// What a variant's file is called; a number tells those apart that would be called the same.
std::string fileName(std::string name, std::set<std::string>& taken) {
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.') c = '-';
  }
  std::string free = name;
  for (int number = 2; !taken.insert(free).second; ++number) {
    free = fmt::format("{}-{}", name, number);
  }
  return free + ".jsonl";
}

void run(Arguments& arguments) {
  const Probe& probe = findProbe(arguments.probe);
  arguments.model.useTrainedTemplate(arguments.templateName);
  const Survey survey = arguments.survey.load();
  std::vector<Variant> variants = probe.variants(arguments, survey);
  const LanguageModel model = arguments.model.load();
  TerminalProgress progress("predicting", "items");
  std::vector<AskedVariant> asked;
  asked.push_back(ask(model, arguments, survey, unchanged(survey, "original"), progress));
  for (Variant& variant : variants) {
    asked.push_back(ask(model, arguments, survey, std::move(variant), progress));
  }
  const bool ordered = arguments.probe == "order" || arguments.probe == "first";
  std::map<std::size_t, PositionEffects> places;
  if (ordered) places = positionEffects(survey, asked);
  std::vector<AskedVariant> rows = asked;
  if (arguments.probe == "order") {
    const auto nothing = ask(model, arguments, survey, contentFree(survey), progress);
    addDebiased(rows, asked, nothing.predictions, arguments, survey);
  }
  const ProbeEffects effects = effectsOf(survey, rows, arguments.bootstrap);
  std::filesystem::create_directories(arguments.output);
  const std::filesystem::path folder = arguments.output;
  std::set<std::string> taken;
  for (const AskedVariant& row : rows) {
    writePredictions(row.predictions, folder / fileName(row.variant.name, taken));
  }
  Json record = probeJson(effects, places);
  record["probe"] = arguments.probe;
  record["model"] = model.name;
  record["template"] = arguments.templateName;
  writeFileAtomically(folder / "probe.json", record.dump(2) + "\n");
  progress.message(
      fmt::format("{} files of predictions written to {}", rows.size(), arguments.output));
  arguments.json.write(record);
  if (!arguments.json.toStandardOutput()) {
    print(probeText(effects, places, arguments.metric, terminalStyle()));
  }
}

std::string probeList() {
  std::string list = "Probes:\n";
  for (const Probe& probe : probes()) {
    list += fmt::format("  {:<12}{}\n", probe.name, probe.description);
  }
  return list;
}

}  // namespace

void addProbe(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("probe", descriptionOf("probe"));
  std::vector<std::string> names;
  for (const Probe& probe : probes()) names.emplace_back(probe.name);
  verb.add_option("probe", arguments->probe, "which; see below")
      ->required()
      ->check(CLI::IsMember(names));
  addModelOptions(verb, arguments->model, true);
  addSurveyOptions(verb, arguments->survey, "--survey", "survey.jsonl or simllm JSON", true);
  addTemplateOption(verb, arguments->templateName);
  addForestOptions(verb, arguments->forest);
  verb.add_option("--orders", arguments->orders, "of the probe order: cyclic, all, sampled")
      ->capture_default_str()
      ->check(CLI::IsMember({"cyclic", "all", "sampled"}));
  verb.add_option("--count", arguments->count, "how many orders are sampled")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  addSurveyOptions(verb, arguments->wording, "--wording",
                   "of the probe wording: surveys with the same ids in other words", false);
  verb.add_option("--prefixes", arguments->prefixes,
                  "of the probe prefix, such as \" My answer is (\"; the label follows at once; "
                  "built-in ones by default");
  verb.add_option("--templates", arguments->templates, "of the probe template: names or files");
  verb.add_option("--seed", arguments->seed, "of what is drawn")->capture_default_str();
  verb.add_option("--resamples", arguments->bootstrap.resamples, "of the paired intervals")
      ->capture_default_str()
      ->check(CLI::Range(40, 1000000));
  verb.add_option("--metric", arguments->metric, "the one that the table shows")
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "folder for probe.json and the predictions")
      ->required();
  addJsonOption(verb, arguments->json);
  verb.footer(probeList() +
              "Example:\n  canvass probe order --model Qwen2.5-0.5B --survey held-out.jsonl "
              "-o order");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
