#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "nn/frozen_matrix.h"
#include "quantization/element_type.h"

namespace canvass {

// The blocks of a quantized matrix: rows of whole blocks.
struct QuantizedRows {
  ElementType type = ElementType::q8_0;
  at::Tensor blocks;  // [rows, bytes of a row], uint8, contiguous, on the CPU
  std::int64_t columns = 0;

  std::int64_t rows() const { return blocks.size(0); }
  // The numbers of some rows, fp32: [count, columns].
  at::Tensor dequantized(std::int64_t first, std::int64_t count) const;
  // The same into memory of that size and type.
  void dequantizeInto(const at::Tensor& numbers, std::int64_t first) const;
};

// The same numbers in blocks of a type that quantize() makes, of which whole ones make up a row:
// matrix [rows, columns], of any floating-point type, on the CPU. A few rows at a time are
// converted to fp32.
QuantizedRows quantizedTo(ElementType type, const at::Tensor& matrix);

// A product in fp32 with a matrix that stays quantized: a panel of its rows after the other is
// dequantized and multiplied. With hundreds of rows to multiply, that costs little.
class QuantizedProduct : public FrozenMatrix {
 public:
  // bias [outputs] or undefined.
  QuantizedProduct(QuantizedRows weight, const at::Tensor& bias);

  at::Tensor forward(const at::Tensor& rows) const override;
  at::Tensor backward(const at::Tensor& gradient) const override;
  std::size_t bytes() const override { return weight_.blocks.nbytes(); }

 private:
  template <typename Use>
  void overPanels(Use use) const;

  QuantizedRows weight_;
  at::Tensor bias_;
};

}  // namespace canvass
