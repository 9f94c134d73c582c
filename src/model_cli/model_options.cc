#include "model_cli/model_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "cli/terminal_progress.h"
#include "engine/training/run_record.h"
#include "prompt/template.h"

namespace canvass {

const std::shared_ptr<const ModelFiles>& ModelArguments::files() const {
  if (!files_) files_ = openModel(model);
  return files_;
}

std::optional<std::string> ModelArguments::trainedTemplate() const {
  return canvass::trainedTemplate(adapter.empty() ? *files() : *openModel(adapter));
}

void ModelArguments::useTrainedTemplate(std::string& templateName) const {
  if (!templateName.empty()) return;
  templateName = trainedTemplate().value_or("paper");
}

ModelOptions ModelArguments::options() const {
  ModelOptions options;
  options.model = files();
  if (!adapter.empty()) options.adapter = openModel(adapter);
  options.precision = parsePrecision(precision);
  options.chat = chat;
  options.device = device;
  return options;
}

LanguageModel ModelArguments::load() const {
  setThreads(threads);
  TerminalProgress progress("loading", "bytes");
  return LanguageModel(options(), progress);
}

void addModelOptions(CLI::App& verb, ModelArguments& arguments, bool withAdapter) {
  verb.add_option("--model", arguments.model, "Hugging Face model folder")->required();
  if (withAdapter) verb.add_option("--adapter", arguments.adapter, "PEFT adapter folder");
  verb.add_option("--precision", arguments.precision,
                  "auto (bf16 where the weights are 16-bit and the processor has it), fp32, bf16")
      ->capture_default_str();
  verb.add_option("--chat", arguments.chat,
                  "chat format: auto (the model's own), none, vicuna, or a Jinja file")
      ->capture_default_str();
  verb.add_option("--device", arguments.device,
                  "auto (a GPU where torch has one, else the processor), cpu, cuda, cuda:N")
      ->capture_default_str();
  verb.add_option("--threads", arguments.threads, "0 for all processors")->capture_default_str();
}

void addTemplateOption(CLI::App& verb, std::string& name) {
  verb.add_option("--template", name,
                  fmt::format("{}; by default the one the model was trained with, else paper",
                              fmt::join(templateNames(), ", ")));
}

void addForestOptions(CLI::App& verb, ForestOptions& options) {
  verb.add_option("--token-budget", options.tokenBudget,
                  "new tokens computed at once: less takes less memory")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  verb.add_option("--minimum-shared-prefix", options.minimumSharedPrefix,
                  "share first tokens between prompts where at least so many are equal; a number "
                  "above every prompt's length shares nothing")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
}

}  // namespace canvass
