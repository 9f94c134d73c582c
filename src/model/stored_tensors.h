#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>

#include "model_files/safetensors.h"
#include "nn/linear.h"
#include "nn/quantized_product.h"

namespace canvass {

// In which numbers of this type are computed with: fp32 for quantized ones. Throws Error for what
// is not a type of weights.
at::ScalarType scalarType(ElementType stored);

// A copy of a stored tensor, which is not quantized, in `type`.
at::Tensor toTensor(const StoredTensor& stored, at::ScalarType type);
// In scalarType(). Quantized numbers are dequantized; others are not copied unless their rows are
// in another order: the file stays mapped, and its bytes are released when the tensor goes. For
// tensors that were read from a file.
at::Tensor asStored(const StoredTensor& stored);
// The blocks of a quantized matrix, from the file as long as their rows are in order.
QuantizedRows quantizedRows(const StoredTensor& stored);
// Borrows a contiguous CPU tensor's bytes, to write them.
StoredTensor toStored(const at::Tensor& tensor);

// Writes parameters as a safetensors file, in fp32.
void saveWeights(const NamedTensors& parameters, const std::filesystem::path& file);

}  // namespace canvass
