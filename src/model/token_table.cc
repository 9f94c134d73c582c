#include "model/token_table.h"

#include <ATen/ATen.h>

namespace canvass {

std::int64_t TokenTable::tokens() const {
  return quantized_ ? quantized_->rows() : numbers_.size(0);
}

at::Device TokenTable::device() const { return quantized_ ? at::kCPU : numbers_.device(); }

at::Tensor TokenTable::rowsOf(const at::Tensor& tokens) const {
  if (!quantized_) return at::embedding(numbers_, tokens.to(numbers_.device()));
  const QuantizedRows chosen{quantized_->type,
                             quantized_->blocks.index_select(0, tokens.reshape({-1})),
                             quantized_->columns};
  std::vector<std::int64_t> shape = tokens.sizes().vec();
  shape.push_back(quantized_->columns);
  return chosen.dequantized(0, chosen.rows()).view(shape);
}

std::unique_ptr<Linear> TokenTable::product(std::int64_t first, std::int64_t count,
                                            at::ScalarType type, ConversionBuffer& buffer) const {
  if (quantized_) {
    const QuantizedRows part{quantized_->type, quantized_->blocks.narrow(0, first, count),
                             quantized_->columns};
    return makeQuantizedLinear(part, at::Tensor());
  }
  const at::Tensor part = numbers_.narrow(0, first, count);
  return makeLinear(isPacked(numbers_) ? buffer.convert(part, type) : part, at::Tensor());
}

}  // namespace canvass
