#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/progress.h"
#include "model_files/safetensors.h"
#include "model_files/tensor_spec.h"
#include "model_files/weight_files.h"
#include "nn/linear.h"

namespace canvass {

// A copy of a stored tensor in `type`.
at::Tensor toTensor(const StoredTensor& stored, at::ScalarType type);
// Borrows a contiguous CPU tensor's bytes, to write them.
StoredTensor toStored(const at::Tensor& tensor);

// Gives each parameter of a model once, by name, on the device that computes.
using TensorSource = std::function<at::Tensor(const std::string& name)>;

// The parameters of a model, checked against what its config.json says there must be.
class WeightSource {
 public:
  struct Expectation {
    std::vector<TensorSpec> tensors;
    std::string architecture;  // for messages
    // Tensors that may be there and are not used.
    std::function<bool(const std::string& name)> isRedundant;
  };

  // Throws Error naming a tensor that is missing, unexpected or of another shape than expected.
  // `where`: the model, for messages.
  WeightSource(const WeightFiles& files, const Expectation& expected, const std::string& where);

  // The tensor, copied only where its type or device ask for that.
  at::Tensor take(const std::string& name, at::ScalarType type, at::Device device);
  // A copy that records its gradients.
  at::Tensor takeTrainable(const std::string& name, at::ScalarType type, at::Device device);

  // Lets the pages of a tensor go that has been read and will not be read again.
  void drop(const std::string& name) const;

  std::size_t bytes() const { return bytes_; }  // of all parameters
  std::size_t bytesTaken() const { return taken_; }

 private:
  at::Tensor borrow(const std::string& name);

  std::map<std::string, StoredTensor> stored_;
  std::size_t bytes_ = 0;
  std::size_t taken_ = 0;
};

// Writes parameters as a safetensors file, in fp32.
void saveWeights(const NamedTensors& parameters, const std::filesystem::path& file);

}  // namespace canvass
