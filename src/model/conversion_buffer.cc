#include "model/conversion_buffer.h"

#include <ATen/ATen.h>

namespace canvass {

at::Tensor ConversionBuffer::convert(const at::Tensor& tensor, at::ScalarType type) {
  if (tensor.scalar_type() == type) return tensor;
  if (!memory_.defined() || memory_.scalar_type() != type || memory_.numel() < tensor.numel()) {
    memory_ = at::Tensor();  // freed first
    memory_ = at::empty({tensor.numel()}, tensor.options().dtype(type).requires_grad(false));
  }
  return memory_.narrow(0, 0, tensor.numel()).view(tensor.sizes()).copy_(tensor);
}

}  // namespace canvass
