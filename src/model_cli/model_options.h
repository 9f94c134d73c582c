#pragma once

#include <optional>
#include <string>

#include "engine/forest/forest.h"
#include "engine/language_model.h"

namespace CLI {
class App;
}

namespace canvass {

// Options of the verbs that load a model.

struct ModelArguments {
  std::string model;
  std::string adapter;
  std::string precision = "auto";
  std::string chat = "auto";
  std::string device = "auto";
  int threads = 0;

  // The files behind --model, opened once.
  const std::shared_ptr<const ModelFiles>& files() const;
  // The template that run.json of the adapter, else of the model, says it was trained with.
  std::optional<std::string> trainedTemplate() const;
  // The template that the model or adapter was trained with, or "paper", where the user named none.
  void useTrainedTemplate(std::string& templateName) const;
  // Throws Error for a word that is none of the choices.
  ModelOptions options() const;
  // Sets the threads and loads the model, with progress on standard error.
  LanguageModel load() const;

 private:
  mutable std::shared_ptr<const ModelFiles> files_;
};
void addModelOptions(CLI::App& verb, ModelArguments& arguments, bool withAdapter);

// For verbs that only ask, without a default: see ModelArguments::useTrainedTemplate.
void addTemplateOption(CLI::App& verb, std::string& name);
void addForestOptions(CLI::App& verb, ForestOptions& options);

}  // namespace canvass
