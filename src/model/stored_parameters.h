#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "model/conversion_buffer.h"
#include "model/parameter_source.h"
#include "model_files/weight_files.h"

namespace canvass {

// The expected weights of a model.
struct ExpectedTensors {
  std::vector<TensorSpec> tensors;
  std::string architecture;  // for messages
  // Tensors that may be there and are not used.
  std::function<bool(const std::string& name)> isRedundant;
};

// How to hold parameters.
struct HeldParameters {
  // Of frozen tables and linear layers. Norms, and whatever is trained, are fp32.
  at::ScalarType type = at::kFloat;
  bool trainable = false;  // copies that record their gradients
  // Weights of linear layers and of tokens that are quantized stay so, on the CPU and if they are
  // not trained.
  bool keepsQuantized = false;
  // If such weights are not quantized, they are while loading: Q8_0 or Q4_K. Norms are not, nor
  // rows that no whole blocks make up.
  std::optional<ElementType> quantizedTo = std::nullopt;
  at::Device device = at::kCPU;
  std::string prefix = {};  // before every name in the files
};

// The parameters in a model's files, checked against what its config.json says there must be. They
// are copied only if their type or device requires it; frozen linear weights are packed as they are
// read, and their pages released.
class StoredParameters : public ParameterSource {
 public:
  // `where`: the model, for messages. Throws Error naming a tensor that is missing, unexpected or
  // of another shape than expected. Progress counts bytes.
  StoredParameters(const WeightFiles& files, const ExpectedTensors& expected,
                   const std::string& where, HeldParameters held, Progress& progress);

  at::Tensor tensor(const std::string& name) override { return take(name, at::kFloat); }
  at::Tensor embedding(const std::string& name) override;
  TokenTable table(const std::string& name) override;
  std::unique_ptr<Linear> linear(const LinearSpec& spec) override;

  // Whether a matrix is held as it is stored: its pages are needed for each product.
  bool staysQuantized(const std::string& name) const;
  // Releases the pages of a tensor that has been read and will not be read again.
  void drop(const std::string& name) const;

 private:
  // Counts it as taken.
  const StoredTensor& next(const std::string& name);
  // In the type in which it is stored, or fp32 if it is quantized.
  at::Tensor read(const std::string& name);
  at::Tensor take(const std::string& name, at::ScalarType type);
  // The matrix, if it is held in blocks.
  std::optional<QuantizedRows> quantized(const std::string& name, std::optional<ElementType> to);

  HeldParameters held_;
  Progress& progress_;
  std::map<std::string, StoredTensor> stored_;
  ConversionBuffer buffer_;
  std::size_t bytes_ = 0;  // of all parameters
  std::size_t taken_ = 0;
};

}  // namespace canvass
