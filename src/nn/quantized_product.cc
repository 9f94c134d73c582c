#include "nn/quantized_product.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <utility>

#include "quantization/dequantize.h"
#include "quantization/quantize.h"

namespace canvass {
namespace {

// 16 MB of fp32: of most models a whole matrix. Products of narrow panels are slower.
constexpr std::int64_t panelNumbers = 1 << 22;
constexpr std::int64_t rowsConvertedAtOnce = 64;

// A thread's own memory for a panel, kept from call to call.
at::Tensor panelMemory(std::int64_t numbers) {
  thread_local at::Tensor memory;
  if (!memory.defined() || memory.numel() < numbers) memory = at::empty({numbers}, at::kFloat);
  return memory;
}

}  // namespace

void QuantizedRows::dequantizeInto(const at::Tensor& numbers, std::int64_t first) const {
  const std::int64_t rowBytes = blocks.size(1);
  const auto* const from = reinterpret_cast<const std::byte*>(blocks.data_ptr<std::uint8_t>());
  float* const to = numbers.data_ptr<float>();
  at::parallel_for(0, numbers.size(0), 32, [&](std::int64_t begin, std::int64_t end) {
    const auto count = static_cast<std::size_t>(end - begin);
    dequantize(type,
               {from + (first + begin) * rowBytes, count * static_cast<std::size_t>(rowBytes)},
               {to + begin * columns, count * static_cast<std::size_t>(columns)});
  });
}

at::Tensor QuantizedRows::dequantized(std::int64_t first, std::int64_t count) const {
  at::Tensor numbers = at::empty({count, columns}, at::kFloat);
  dequantizeInto(numbers, first);
  return numbers;
}

QuantizedRows quantizedTo(ElementType type, const at::Tensor& matrix) {
  const std::int64_t columns = matrix.size(1);
  const auto bytes = static_cast<std::int64_t>(rowBytes(type, static_cast<std::size_t>(columns)));
  const at::Tensor blocks = at::empty({matrix.size(0), bytes}, at::kByte);
  auto* const to = reinterpret_cast<std::byte*>(blocks.data_ptr<std::uint8_t>());
  at::parallel_for(0, matrix.size(0), 32, [&](std::int64_t begin, std::int64_t end) {
    const at::NoGradGuard frozen;
    for (std::int64_t first = begin; first < end; first += rowsConvertedAtOnce) {
      const std::int64_t count = std::min(rowsConvertedAtOnce, end - first);
      const at::Tensor rows = matrix.narrow(0, first, count).to(at::kFloat).contiguous();
      quantize(type, {rows.data_ptr<float>(), static_cast<std::size_t>(rows.numel())},
               {to + first * bytes, static_cast<std::size_t>(count * bytes)});
    }
  });
  return {type, blocks, columns};
}

QuantizedProduct::QuantizedProduct(QuantizedRows weight, const at::Tensor& bias)
    : weight_(std::move(weight)), bias_(bias.defined() ? bias.to(at::kFloat) : bias) {}

// use(first, panel [count, inputs]), one after the other.
template <typename Use>
void QuantizedProduct::overPanels(Use use) const {
  const std::int64_t rows = weight_.rows();
  const std::int64_t atOnce = std::clamp<std::int64_t>(panelNumbers / weight_.columns, 32,
                                                       std::max<std::int64_t>(rows, 32));
  const at::Tensor memory = panelMemory(atOnce * weight_.columns);
  for (std::int64_t first = 0; first < rows; first += atOnce) {
    const std::int64_t count = std::min(atOnce, rows - first);
    const at::Tensor panel =
        memory.narrow(0, 0, count * weight_.columns).view({count, weight_.columns});
    weight_.dequantizeInto(panel, first);
    use(first, panel);
  }
}

at::Tensor QuantizedProduct::forward(const at::Tensor& rows) const {
  const at::NoGradGuard frozen;
  at::Tensor out = at::empty({rows.size(0), weight_.rows()}, rows.options().requires_grad(false));
  overPanels([&](std::int64_t first, const at::Tensor& panel) {
    at::Tensor part = out.narrow(1, first, panel.size(0));
    at::mm_out(part, rows, panel.t());
  });
  return bias_.defined() ? out.add_(bias_) : out;
}

at::Tensor QuantizedProduct::backward(const at::Tensor& gradient) const {
  const at::NoGradGuard frozen;
  at::Tensor out = at::zeros({gradient.size(0), weight_.columns}, gradient.options());
  overPanels([&](std::int64_t first, const at::Tensor& panel) {
    out.addmm_(gradient.narrow(1, first, panel.size(0)), panel);
  });
  return out;
}

}  // namespace canvass
