#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <optional>

#include "model/conversion_buffer.h"
#include "nn/linear.h"
#include "nn/quantized_product.h"

namespace canvass {

// A table with a row for each token: what is looked up, and multiplied by as a whole. Its numbers
// are in any floating-point type, or quantized: what is used is converted, not the table.
class TokenTable {
 public:
  explicit TokenTable(at::Tensor numbers) : numbers_(std::move(numbers)) {}
  explicit TokenTable(QuantizedRows quantized) : quantized_(std::move(quantized)) {}

  std::int64_t tokens() const;
  at::Device device() const;
  // tokens [...], int64, on any device -> their rows [..., columns], in the type of the table, fp32
  // if it is quantized. Differentiable if the table is trained.
  at::Tensor rowsOf(const at::Tensor& tokens) const;
  // The product with `count` rows from `first` on, in `type`.
  std::unique_ptr<Linear> product(std::int64_t first, std::int64_t count, at::ScalarType type,
                                  ConversionBuffer& buffer) const;
  // Of a table that is not quantized.
  const at::Tensor& numbers() const { return numbers_; }

 private:
  at::Tensor numbers_;
  std::optional<QuantizedRows> quantized_;
};

}  // namespace canvass
