#include "model_cli/probe_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <utility>

#include "cli/number_checks.h"

namespace canvass {

ProbeOptions ProbeArguments::load() const {
  ProbeOptions options = probe;
  for (Part& part : wording.loadParts(SurveyArguments::PartName::stem)) {
    options.wordings.push_back({part.name, std::move(part.survey)});
  }
  return options;
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
  verb.add_option("probe", options.probe, "probe to run; see below")
      ->required()
      ->check(CLI::IsMember(names));
  verb.add_option_function<std::string>(
          "--orders", [&options](const std::string& name) { options.order = orders.at(name); },
          "for the probe order: cyclic, all or sampled orders")
      ->default_str("cyclic")
      ->check(CLI::IsMember({"cyclic", "all", "sampled"}));
  verb.add_option("--count", options.count, "number of orders to sample")
      ->check(wholeNumber(1, 1000))
      ->default_str("4");
  addSurveyOptions(verb, arguments.wording, "--wording",
                   "for the probe wording: surveys with the same ids in other words", false);
  verb.add_option("--prefixes", options.prefixes,
                  "for the probe prefix: words that open the answer, such as \" My answer is (\", "
                  "which the label follows at once; built-in ones by default");
  verb.add_option("--templates", options.templates,
                  "for the probe template: names or files of templates")
      ->type_name("NAME");
  verb.add_option("--seed", options.seed,
                  "random seed of everything drawn, including the resamples")
      ->check(seedNumber())
      ->capture_default_str();
  verb.add_option("--resamples", options.resamples, "number of resamples for the paired intervals")
      ->check(wholeNumber(40, 1'000'000))
      ->capture_default_str();
}

}  // namespace canvass
