// The products of a model's layers, one thread: packed as canvass multiplies them, by libtorch's
// own way to multiply, and in 8 bits, beside what the processor's multiply-adds can reach: medians
// of repetitions that take turns, in billions of multiplications and additions a second.
//   cmake --build build/release --target bench_products && build/release/bench/bench_products
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>
#include <immintrin.h>

#include <dnnl.hpp>
#include <functional>
#include <vector>

#include "base/stopwatch.h"
#include "median.h"
#include "nn/packed_product.h"

namespace canvass {
namespace {

struct Shape {
  std::int64_t rows, inputs, outputs;
};

// The widest and the narrowest product of SmolLM2-135M and of Qwen2.5-0.5B, with fewer rows, as in
// training and in last layers, too; and Gemma 3 270M's, among them a block of its vocabulary.
constexpr Shape shapes[] = {
    {1024, 576, 1536}, {1024, 1536, 576}, {1024, 576, 192},  {420, 576, 1536},  {420, 1536, 576},
    {256, 576, 1536},  {64, 576, 1536},   {1024, 896, 4864}, {1024, 4864, 896}, {1024, 896, 128},
    {420, 640, 2048},  {128, 640, 2048},  {128, 2048, 640},  {128, 640, 1024},  {64, 640, 8192}};

constexpr int peakSteps = 2'000'000;
constexpr int peakSums = 12;  // enough to hide the latency of a multiply-add

// Multiply-adds in registers alone; returns their operations.
[[gnu::target("avx512f")]] double multiplyAdd512() {
  __m512 sums[peakSums] = {};
  const __m512 factor = _mm512_set1_ps(0.5F);
  for (int step = 0; step < peakSteps; ++step) {
    for (__m512& sum : sums) sum = _mm512_fmadd_ps(sum, factor, factor);
    for (__m512& sum : sums) asm volatile("" : "+v"(sum));
  }
  return 2.0 * peakSums * peakSteps * 16;
}

[[gnu::target("avx2,fma")]] double multiplyAdd2() {
  __m256 sums[peakSums] = {};
  const __m256 factor = _mm256_set1_ps(0.5F);
  for (int step = 0; step < peakSteps; ++step) {
    for (__m256& sum : sums) sum = _mm256_fmadd_ps(sum, factor, factor);
    for (__m256& sum : sums) asm volatile("" : "+x"(sum));
  }
  return 2.0 * peakSums * peakSteps * 8;
}

double peakOperations() {
  return __builtin_cpu_supports("avx512f") != 0 ? multiplyAdd512() : multiplyAdd2();
}

// Rows in 8 bits without sign times weights in 8 bits with one, as oneDNN multiplies them fastest.
class ByteProduct {
 public:
  explicit ByteProduct(const Shape& shape)
      : rows_({{shape.rows, shape.inputs}, Type::u8, Tag::ab}, engine_),
        out_({{shape.rows, shape.outputs}, Type::f32, Tag::ab}, engine_) {
    const dnnl::memory::desc any({shape.inputs, shape.outputs}, Type::s8, Tag::any);
    const dnnl::matmul::primitive_desc described(
        dnnl::matmul::desc(rows_.get_desc(), any, out_.get_desc()), engine_);
    weights_ = dnnl::memory(described.weights_desc(), engine_);
    product_ = dnnl::matmul(described);
  }
  void multiply() {
    product_.execute(stream_,
                     {{DNNL_ARG_SRC, rows_}, {DNNL_ARG_WEIGHTS, weights_}, {DNNL_ARG_DST, out_}});
    stream_.wait();
  }

 private:
  using Type = dnnl::memory::data_type;
  using Tag = dnnl::memory::format_tag;
  dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream_{engine_};
  dnnl::memory rows_, weights_, out_;
  dnnl::matmul product_;
};

void compare(const Shape& shape) {
  constexpr int repetitions = 41;
  const at::Tensor rows = at::randn({shape.rows, shape.inputs});
  const at::Tensor weight = at::randn({shape.outputs, shape.inputs});
  const PackedProduct packed(weight, at::Tensor());
  ByteProduct bytes(shape);
  const double operations = 2.0 * static_cast<double>(shape.rows * shape.inputs * shape.outputs);
  const std::vector<std::function<double()>> ways = {
      [&] { return packed.forward(rows), operations; },
      [&] { return at::mm(rows, weight.t()), operations; },
      [&] { return bytes.multiply(), operations; },
      peakOperations,
  };
  std::vector<std::vector<double>> rates(ways.size());
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    for (std::size_t way = 0; way < ways.size(); ++way) {
      const Stopwatch watch;
      const double done = ways[way]();
      rates[way].push_back(done / watch.seconds() / 1e9);
    }
  }
  fmt::print("{:>5} x {:>4} -> {:>4}", shape.rows, shape.inputs, shape.outputs);
  for (const auto& rate : rates) fmt::print("  {:>9.1f}", median(rate));
  fmt::print("\n");
}

}  // namespace
}  // namespace canvass

int main() {
  at::set_num_threads(1);
  const c10::NoGradGuard noGradients;
  fmt::print("rows, inputs, outputs     packed   libtorch     8 bits      limit\n");
  for (const canvass::Shape& shape : canvass::shapes) canvass::compare(shape);
}
