#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/language_model.h"
#include "model_files/adapter_config.h"

namespace canvass {

// How a model is specialized: by a LoRA adapter next to frozen weights, or (no adapter) by
// changing all of them.
struct FineTuning {
  std::optional<AdapterConfig> adapter;
};

// Loads the model with the tensors that this fine-tuning changes recording their gradients.
// Progress counts bytes.
LanguageModel loadForFineTuning(ModelOptions options, const FineTuning& fineTuning,
                                std::uint64_t seed, Progress& progress = noProgress());

// Writes what was trained: adapter_config.json and adapter_model.safetensors (PEFT), or a whole
// Hugging Face model folder with the base model's tokenizer and chat format.
void saveFineTuned(const LanguageModel& model, const FineTuning& fineTuning,
                   const std::filesystem::path& folder);

// Copies what a model has in addition to its weights: configuration, tokenizer, chat format.
void copyModelCompanions(const ModelFiles& from, const std::filesystem::path& to);

// "1.13.1", of the libtorch this program runs with.
std::string torchVersion();

}  // namespace canvass
