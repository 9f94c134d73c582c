#pragma once

#include <memory>
#include <optional>
#include <string>

#include "model_tasks/predictor_options.h"

namespace CLI {
class App;
}

namespace canvass {

// Options of the verbs that load a model.

// Opens what the user names, a path or a name on the Hugging Face hub, as openNamedModel() does.
void addModelOption(CLI::App& verb, const std::string& name, const std::string& help,
                    std::shared_ptr<const ModelFiles>& files, bool required = false);
void addModelOptions(CLI::App& verb, ModelChoice& choice, bool withAdapter);
// For verbs that only ask. It has no default value: that is the template of the training, else
// paper.
void addTemplateOption(CLI::App& verb, std::optional<std::string>& name);
// `tokenBudget`: the default, for the help text.
void addForestOptions(CLI::App& verb, ForestChoice& choice, std::size_t tokenBudget);

}  // namespace canvass
