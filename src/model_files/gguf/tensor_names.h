#pragma once

#include <map>
#include <string>

#include "model_files/stored_tensor.h"

namespace canvass::gguf {

// What are not parameters of the model, but tables computed from its configuration.
constexpr const char* ropeDivisors = "rope_freqs.weight";
constexpr const char* ropeShortFactors = "rope_factors_short.weight";
constexpr const char* ropeLongFactors = "rope_factors_long.weight";

// The tensors in a model's GGUF files by the names that they have in Hugging Face files, and as
// they are there: the rows of queries and keys in the order of the head (llama's are interleaved),
// norms around zero (Gemma's have 1 added). A tensor whose name is not known keeps it. Throws Error
// if one is there twice.
std::map<std::string, StoredTensor> namedTensors(const ModelFiles& model);

}  // namespace canvass::gguf
