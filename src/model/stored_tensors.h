#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>

#include "model_files/safetensors.h"
#include "nn/linear.h"

namespace canvass {

// Throws Error for what is no floating-point type.
at::ScalarType scalarType(ElementType stored);

// A copy of a stored tensor in `type`.
at::Tensor toTensor(const StoredTensor& stored, at::ScalarType type);
// Without a copy, in the type in which it is stored: keeps the file mapped, and releases its bytes
// when the tensor goes. For tensors that were read from a file.
at::Tensor borrowed(const StoredTensor& stored);
// Borrows a contiguous CPU tensor's bytes, to write them.
StoredTensor toStored(const at::Tensor& tensor);

// Writes parameters as a safetensors file, in fp32.
void saveWeights(const NamedTensors& parameters, const std::filesystem::path& file);

}  // namespace canvass
