#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/engine_program.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "engine/new_model.h"
#include "model_cli/verbs.h"

namespace canvass {
namespace {

struct InitArguments {
  SurveyArguments survey;
  std::string size = "small";
  std::uint64_t seed = 1;
  std::string output;
};

void runInit(const InitArguments& arguments) {
  const ModelSize& size = findModelSize(arguments.size);
  createModel(arguments.survey.load(), size, arguments.seed, arguments.output);
  print(
      fmt::format("A new, untrained model is in {}. Train it with:\n"
                  "  {} train --model {} --survey ... -o ...\n",
                  arguments.output, programName(), arguments.output));
}

}  // namespace

void addInit(CLI::App& app) {
  auto arguments = std::make_shared<InitArguments>();
  CLI::App& verb = *app.add_subcommand("init", descriptionOf("init"));
  addSurveyOptions(verb, arguments->survey, "--survey", "survey whose words the model should know",
                   true);
  verb.add_option("--size", arguments->size,
                  fmt::format("size of the model: {}", fmt::join(modelSizeNames(), ", ")))
      ->type_name("NAME")
      ->capture_default_str();
  verb.add_option("--seed", arguments->seed, "random seed of the initial weights")
      ->check(seedNumber())
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "model folder to create")
      ->type_name("FOLDER")
      ->required();
  verb.footer("Example:\n  canvass init --survey survey.jsonl --size small -o model");
  verb.callback([arguments] { runInit(*arguments); });
}

}  // namespace canvass
