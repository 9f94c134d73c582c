#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "base/error.h"
#include "kernels/kernels.h"
#include "nn/execution_context.h"

// How the operations of this folder hand tensors to kernels. For .cc files only.
namespace canvass {

// Kernels serve contiguous CPU tensors; other devices get the same mathematics from torch's own
// operations.
inline bool servedByKernels(const at::Tensor& tensor, const ExecutionContext& context) {
  return tensor.device().is_cpu() && !context.torchOperationsOnly;
}

template <typename T>
T* kernelData(const at::Tensor& tensor) {
  return static_cast<T*>(tensor.data_ptr());
}

// Calls `call` with a value of the kernels' type for the element type of activations.
template <typename Call>
void withElementType(at::ScalarType type, Call call) {
  if (type == at::kFloat) {
    call(float{});
  } else if (type == at::kBFloat16) {
    call(kernels::Bfloat16{});
  } else {
    throw Error(std::string("there are no kernels for activations of type ") + at::toString(type));
  }
}

// Divides `rows` of `size` elements among threads: call(first row, rows).
template <typename Call>
void overRows(std::int64_t rows, std::int64_t size, Call call) {
  constexpr std::int64_t elementsWorthAThread = 16384;
  const std::int64_t grain =
      std::max<std::int64_t>(1, elementsWorthAThread / std::max<std::int64_t>(size, 1));
  at::parallel_for(0, rows, grain,
                   [&](std::int64_t begin, std::int64_t end) { call(begin, end - begin); });
}

// Elementwise work has no rows: it is divided into ranges. call(first element, elements).
template <typename Call>
void overElements(std::int64_t count, Call call) {
  constexpr std::int64_t stretch = 1024;
  overRows((count + stretch - 1) / stretch, stretch, [&](std::int64_t first, std::int64_t rows) {
    const std::int64_t begin = first * stretch;
    call(begin, std::min(count, begin + rows * stretch) - begin);
  });
}

}  // namespace canvass
