#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace canvass {

// One parameter of a model: its name in Hugging Face files and its shape.
struct TensorSpec {
  std::string name;
  std::vector<std::int64_t> shape;
};

// A linear layer by its module name ("model.layers.0.self_attn.q_proj"): weight is out x in.
struct LinearSpec {
  std::string module;
  std::int64_t outputs = 0;
  std::int64_t inputs = 0;
  bool bias = false;
};

// A norm by its module name ("model.norm"): weight and bias have `size` elements.
struct NormSpec {
  std::string module;
  std::int64_t size = 0;
  bool bias = false;
};

// Append the weight, and the bias if there is one.
void appendTensors(std::vector<TensorSpec>& tensors, const LinearSpec& linear);
void appendTensors(std::vector<TensorSpec>& tensors, const NormSpec& norm);

}  // namespace canvass
