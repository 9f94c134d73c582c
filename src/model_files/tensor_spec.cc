#include "model_files/tensor_spec.h"

namespace canvass {

void appendTensors(std::vector<TensorSpec>& tensors, const LinearSpec& linear) {
  tensors.push_back({linear.module + ".weight", {linear.outputs, linear.inputs}});
  if (linear.bias) tensors.push_back({linear.module + ".bias", {linear.outputs}});
}

void appendTensors(std::vector<TensorSpec>& tensors, const NormSpec& norm) {
  tensors.push_back({norm.module + ".weight", {norm.size}});
  if (norm.bias) tensors.push_back({norm.module + ".bias", {norm.size}});
}

}  // namespace canvass
