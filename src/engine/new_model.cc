#include "engine/new_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/json.h"
#include "base/paths.h"
#include "model/initialize.h"
#include "model_files/safetensors.h"
#include "prompt/template.h"
#include "tokenizer/tokenizer.h"
#include "tokenizer/train_sentencepiece.h"

namespace canvass {
namespace {

constexpr ModelSize sizes[] = {
    {"tiny", 1000, 96, 256, 2, 4},
    {"small", 2000, 96, 256, 2, 4},
};

constexpr std::int64_t maxPromptTokens = 4096;

// What a new model's tokenizer learns its words from: the templates that models are trained with.
constexpr const char* trainedTemplates[] = {"paper", "question-first"};

std::string rendered(const Template& asking, const Question& question, const Population& population,
                     const std::string& language) {
  return plainText(asking.render(question, population, language));
}

// Every question once and every population once under each template; a prompt for each item would
// only repeat them. The phrase of each item's population in addition, so that populations have the
// same weight as in the prompts, and their names become one token.
std::vector<std::string> trainingTexts(const Survey& survey) {
  std::vector<std::string> texts;
  for (const char* name : trainedTemplates) {
    const Template& asking = findTemplate(name);
    for (const Question& question : survey.questions) {
      texts.push_back(rendered(asking, question, survey.populations.front(), survey.language));
    }
    for (const Population& population : survey.populations) {
      texts.push_back(rendered(asking, survey.questions.front(), population, survey.language));
    }
  }
  for (const Item& item : survey.items) texts.push_back(survey.populationOf(item).phrase);
  return texts;
}

std::vector<std::string> wholeWords(const Survey& survey) {
  std::set<std::string> words;
  for (const Population& population : survey.populations) words.insert(population.name);
  return {words.begin(), words.end()};
}

DecoderConfig shapeOf(const ModelSize& size, std::int64_t vocabulary) {
  DecoderConfig config;
  config.architecture = "LlamaForCausalLM";
  config.vocabularySize = vocabulary;
  config.hiddenSize = size.hidden;
  config.maxPositions = maxPromptTokens;
  LayerConfig layer;
  layer.headCount = layer.keyValueHeadCount = size.heads;
  layer.headSize = layer.rotary.size = size.hidden / size.heads;
  layer.intermediateSize = size.intermediate;
  layer.attentionScale = usualAttentionScale(layer.headSize);
  layer.rotary.theta = 10000.0;
  config.norm = layer.norm = {NormKind::rms, 1e-5};
  config.layers.assign(static_cast<std::size_t>(size.layers), layer);
  return config;
}

bool hasNewShape(const ModelFiles& model) {
  if (!model.has("config.json")) return false;
  const Json& config = model.json("config.json");
  const auto is = [&](const char* key, std::int64_t value) {
    return config.contains(key) && config[key] == value;
  };
  return std::any_of(std::begin(sizes), std::end(sizes), [&](const ModelSize& size) {
    return is("hidden_size", size.hidden) && is("intermediate_size", size.intermediate) &&
           is("num_hidden_layers", size.layers) && is("num_attention_heads", size.heads) &&
           is("max_position_embeddings", maxPromptTokens);
  });
}

bool allOnes(std::span<const std::byte> floats) {
  for (std::size_t at = 0; at + sizeof(float) <= floats.size(); at += sizeof(float)) {
    float value = 0.0F;
    std::memcpy(&value, floats.data() + at, sizeof(float));
    if (value != 1.0F) return false;
  }
  return true;
}

}  // namespace

std::vector<std::string> modelSizeNames() {
  std::vector<std::string> names;
  for (const ModelSize& size : sizes) names.emplace_back(size.name);
  return names;
}

const ModelSize& findModelSize(const std::string& name) {
  const auto found = std::find_if(std::begin(sizes), std::end(sizes),
                                  [&](const ModelSize& size) { return name == size.name; });
  if (found == std::end(sizes)) {
    throw Error(fmt::format("the model size \"{}\" is not known", name), {},
                "choose tiny or small");
  }
  return *found;
}

void createModel(const Survey& survey, const ModelSize& size, std::uint64_t seed,
                 const std::filesystem::path& folder) {
  if (survey.questions.empty() || survey.populations.empty()) {
    throw Error("the survey has no questions or no populations to learn words from");
  }
  if (isThere(folder / "config.json")) {
    throw Error("there is already a model in this folder", folder.string(),
                "choose another folder or remove it");
  }
  trainSentencePiece(trainingTexts(survey), static_cast<std::size_t>(size.vocabulary),
                     wholeWords(survey), folder);
  const auto tokenizer = loadTokenizer(*openModel(folder));
  initializeDecoder(shapeOf(size, static_cast<std::int64_t>(tokenizer->vocabularySize())), seed,
                    folder);
}

bool isNewModel(const ModelFiles& model) {
  constexpr const char* weights = "model.safetensors";
  if (!model.has(weights) || !hasNewShape(model)) return false;
  const SafetensorsFile file(model, weights);
  const auto norm = file.tensors().find("model.norm.weight");
  return norm != file.tensors().end() && norm->second.type == ElementType::float32 &&
         allOnes(norm->second.bytes);
}

}  // namespace canvass
