#include "model_cli/model_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "cli/number_checks.h"
#include "cli/terminal_progress.h"
#include "hub/named_model.h"
#include "prompt/template.h"

namespace canvass {

void addModelOption(CLI::App& verb, const std::string& name, const std::string& help,
                    std::shared_ptr<const ModelFiles>& files, bool required) {
  const auto open = [&files](const std::string& text) {
    files = openNamedModel(text,
                           [] { return std::make_unique<TerminalProgress>("downloading", "MB"); });
  };
  verb.add_option_function<std::string>(name, open, help)->type_name("MODEL")->required(required);
}

void addModelOptions(CLI::App& verb, ModelChoice& choice, bool withAdapter) {
  addModelOption(verb, "--model",
                 "Hugging Face folder, GGUF file, or name on the Hugging Face hub (org/name, "
                 "org/name@revision, org/name:FILE.gguf)",
                 choice.model, true);
  if (withAdapter)
    addModelOption(verb, "--adapter", "PEFT adapter: folder, or name on the hub", choice.adapter);
  verb.add_option("--precision", choice.precision,
                  "precision: auto (bf16 if the weights are 16-bit and the processor supports it), "
                  "fp32 or bf16")
      ->type_name("NAME")
      ->default_str("auto");
  verb.add_option("--weights", choice.weights,
                  "how to hold weights: stored (those of a quantized GGUF file as they are, in a "
                  "fraction of "
                  "the memory), q8_0 or q4_k (the same, and others quantized to 8 or 4 bits while "
                  "loading), "
                  "dense (dequantized once), or auto (stored to ask in fp32, dense to train)")
      ->type_name("NAME")
      ->default_str("auto");
  verb.add_option("--chat", choice.chat,
                  "chat format: auto (the model's own), none, vicuna, or a Jinja file")
      ->type_name("NAME")
      ->default_str("auto");
  verb.add_option("--device", choice.device,
                  "device: auto (a GPU if torch has one, else the processor), cpu, cuda or cuda:N")
      ->type_name("NAME")
      ->default_str("auto");
  verb.add_option("--threads", choice.threads, "number of threads; 0 for all processors")
      ->check(wholeNumber(0, 1024))
      ->capture_default_str();
}

void addTemplateOption(CLI::App& verb, std::optional<std::string>& name) {
  verb.add_option(
          "--template", name,
          fmt::format(
              "prompt template: {}; by default the one the model was trained with, else paper",
              fmt::join(templateNames(), ", ")))
      ->type_name("NAME");
}

void addForestOptions(CLI::App& verb, ForestChoice& choice, std::size_t tokenBudget) {
  verb.add_option("--token-budget", choice.tokenBudget,
                  "max number of new tokens computed at once; fewer need less memory")
      ->check(wholeNumber(1))
      ->default_str(std::to_string(tokenBudget));
  verb.add_option("--minimum-shared-prefix", choice.minimumSharedPrefix,
                  "min number of equal first tokens for which prompts share them; a number above "
                  "every prompt's length shares nothing")
      ->check(wholeNumber(1))
      ->default_str(std::to_string(ForestOptions().minimumSharedPrefix));
}

}  // namespace canvass
