#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "cli/models_report.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "cli/verbs.h"
#include "hub/download.h"
#include "hub/hub_settings.h"

namespace canvass {
namespace {

struct ModelsArguments {
  std::string name;
  std::string fetch;
  JsonOutput json;
};

std::vector<CachedModel> modelsHere() {
  std::vector<CachedModel> models = modelsIn(hubCacheFolder());
  const auto fetched = modelsInFolder(fetchedModelsFolder());
  models.insert(models.end(), fetched.begin(), fetched.end());
  return models;
}

// Those of this name, or of the repository of this name.
std::vector<CachedModel> modelsCalled(const std::string& name) {
  std::vector<CachedModel> models = modelsHere();
  std::erase_if(models, [&](const CachedModel& model) {
    return model.name != name && model.repository != name;
  });
  if (!models.empty()) return models;
  throw Error(fmt::format("there is no such model in {} or {}", hubCacheFolder().string(),
                          fetchedModelsFolder().string()),
              name, fmt::format("{} models --fetch {} downloads it", programName(), name));
}

void fetchModel(const std::string& text) {
  const HubName name = parseHubName(text);
  if (hubIsOffline()) {
    throw Error("nothing may be downloaded: HF_HUB_OFFLINE is set", text,
                "unset HF_HUB_OFFLINE to download it");
  }
  TerminalProgress progress("downloading", "MB");
  download(name, progress);
}

void printNoModels() {
  print(paragraph(fmt::format("There are no models in {} or {}. {} models --fetch org/name "
                              "downloads one from {}, and so does --model org/name.",
                              hubCacheFolder().string(), fetchedModelsFolder().string(),
                              programName(), hubEndpoint()),
                  terminalStyle()));
}

void runModels(const ModelsArguments& arguments) {
  if (!arguments.fetch.empty()) fetchModel(arguments.fetch);
  const std::string& name = arguments.fetch.empty() ? arguments.name : arguments.fetch;
  const auto models = summarized(name.empty() ? modelsHere() : modelsCalled(name));
  if (arguments.json.option->count() > 0) arguments.json.write(modelsJson(models));
  if (arguments.json.toStandardOutput()) return;
  if (models.empty()) return printNoModels();
  print(modelsText(models, terminalStyle(), !name.empty()));
}

}  // namespace

void addModels(CLI::App& app) {
  auto arguments = std::make_shared<ModelsArguments>();
  CLI::App& verb = *app.add_subcommand(
      "models", "List the models on this computer, or download one from the Hugging Face hub");
  CLI::Option* const name =
      verb.add_option("name", arguments->name, "only this model, and where it is")
          ->type_name("NAME");
  verb.add_option("--fetch", arguments->fetch,
                  "download this model, or what is new of it: org/name, org/name@revision or "
                  "org/name:FILE.gguf")
      ->type_name("NAME")
      ->excludes(name);
  addJsonOption(verb, arguments->json);
  verb.footer("Example:\n  canvass models --fetch HuggingFaceTB/SmolLM2-135M-Instruct");
  verb.callback([arguments] { runModels(*arguments); });
}

}  // namespace canvass
