#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <vector>

#include "model/token_table.h"
#include "model_files/tensor_spec.h"
#include "nn/linear.h"

namespace canvass {

// Gives each parameter of a model once, by name, on the device that computes. How a weight is
// stored concerns only the source and the linear layer that it makes.
class ParameterSource {
 public:
  virtual ~ParameterSource() = default;
  // A vector that is used as it is, such as a norm's weight: fp32.
  virtual at::Tensor tensor(const std::string& name) = 0;
  // A table with a row for each token, position or distance, in the narrowest type that has its
  // values: what is looked up is converted, not the table.
  virtual at::Tensor embedding(const std::string& name) = 0;
  // The same of a decoder's tokens, which may stay quantized.
  virtual TokenTable table(const std::string& name) { return TokenTable(embedding(name)); }
  virtual std::unique_ptr<Linear> linear(const LinearSpec& spec) = 0;
};

// A linear layer of a model, and its name there.
struct NamedLinear {
  NamedLinear(const LinearSpec& named, ParameterSource& source)
      : spec(named), linear(source.linear(named)) {}

  LinearSpec spec;
  std::unique_ptr<Linear> linear;
};

inline std::vector<NamedLinear> namedLinears(const std::vector<LinearSpec>& specs,
                                             ParameterSource& source) {
  std::vector<NamedLinear> linears;
  for (const LinearSpec& spec : specs) linears.emplace_back(spec, source);
  return linears;
}

}  // namespace canvass
