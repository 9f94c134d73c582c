#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "model_files/model_files.h"
#include "survey/survey.h"

namespace canvass {

// The shape of a new model; "tiny" learns a demo in under a minute, "small" a survey of hundreds of
// questions in minutes on two cores.
struct ModelSize {
  const char* name;
  std::int64_t vocabulary;  // of the tokenizer, at most
  std::int64_t hidden;
  std::int64_t intermediate;
  std::int64_t layers;
  std::int64_t heads;
};

// Throws Error naming the known sizes.
const ModelSize& findModelSize(const std::string& name);
std::vector<std::string> modelSizeNames();

// Writes a new untrained model as a Hugging Face folder: a SentencePiece tokenizer trained on the
// survey's prompts, in which every population's name is one token, and a random decoder. Throws
// Error if the folder already holds a model.
void createModel(const Survey& survey, const ModelSize& size, std::uint64_t seed,
                 const std::filesystem::path& folder);

// Whether createModel made the model and nobody has trained it: it has one of the sizes above, and
// its last norm still has every weight at 1.
bool isNewModel(const ModelFiles& model);

}  // namespace canvass
