#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// The small operations between the big matrix products, fused so that each reads and writes its
// rows once. One source (variant.cc) is compiled for several instruction sets; chosenKernels()
// picks at run time, so that one binary runs on every processor and fast on new ones. Everything is
// computed in fp32; a kernel works on the rows it is given, and its callers divide rows among
// threads.
namespace canvass::kernels {

// The bits of a bfloat16: the upper half of an fp32.
enum class Bfloat16 : std::uint16_t {};

// A run of rows of one tree, each the child of the row before. A row's key of position j is row
// keyRows[j], j = 0 .. its own position.
struct AttentionBranch {
  const std::int32_t* keyRows;  // [positions on the path]
  // Which query tensors' rows ask, and the position of each; ascending.
  const std::int32_t* queryRows;
  const std::int32_t* queryPositions;
  std::int64_t queryCount;
};

// Row-major tensors: query and output [rows, heads, headSize], key and value
// [rows, keyHeads, headSize]; `head` of keyHeads is computed, for heads / keyHeads query heads.
template <typename T>
struct AttentionTensors {
  const T* query;
  const T* key;
  const T* value;
  std::int64_t heads;
  std::int64_t keyHeads;
  std::int64_t headSize;
  std::int64_t head;
  std::int64_t window;  // a query sees itself and the window-1 positions before it; 0: all
  float scale;
  float cap = 0.0F;  // c: scaled products become c tanh(product / c); 0: they stay
};

// Gradients: of query in T, of key and value added up in fp32.
template <typename T>
struct AttentionGradients {
  const T* output;
  T* query;
  float* key;
  float* value;
};

// out = activation(gate) * up, and its gradients.
template <typename T>
struct GateKernels {
  void (*forward)(const T* gate, const T* up, T* out, std::int64_t count);
  void (*backward)(const T* gradient, const T* gate, const T* up, T* gateGradient, T* upGradient,
                   std::int64_t count);
};

// Operations on activations of type T.
template <typename T>
struct ElementKernels {
  // out = x * inverse * weight with inverse[row] = 1 / sqrt(mean(x^2) + epsilon); x in fp32.
  void (*normalizeWide)(const float* x, const float* weight, float epsilon, T* out, float* inverse,
                        std::int64_t rows, std::int64_t size);
  // The gradient of x.
  void (*normalizeWideBackward)(const T* gradient, const float* x, const float* weight,
                                const float* inverse, float* xGradient, std::int64_t rows,
                                std::int64_t size);
  // The same for x of type T.
  void (*normalize)(const T* x, const float* weight, float epsilon, T* out, float* inverse,
                    std::int64_t rows, std::int64_t size);
  void (*normalizeBackward)(const T* gradient, const T* x, const float* weight,
                            const float* inverse, T* xGradient, std::int64_t rows,
                            std::int64_t size);
  GateKernels<T> siluGate;  // of gate / (1 + exp(-gate))
  GateKernels<T> geluGate;  // of gelu(gate) in its approximation by tanh
  // out = x / keep with the probability `keep`, else 0. What happens to an element depends only on
  // `seed` and its index, counted from `first`: no thread, and no second call, sees it otherwise.
  void (*dropout)(const T* x, T* out, std::uint64_t seed, float keep, std::int64_t first,
                  std::int64_t count);
  // out = stream + delta.
  void (*add)(const float* stream, const T* delta, float* out, std::int64_t count);
  // out = cap tanh(x / cap).
  void (*cap)(const T* x, float cap, float* out, std::int64_t count);
  // Rotates each head's halves by the row's angles (cosine, sine [rows, half]); `direction` -1
  // rotates back.
  void (*rotate)(const T* x, const float* cosine, const float* sine, T* out, std::int64_t rows,
                 std::int64_t heads, std::int64_t half, float direction);
  // softmax(scale q k^T) v, capped if there is a cap, for the queries of one branch and one head of
  // keys.
  // `scratch` has attentionScratch(...) floats.
  void (*attend)(const AttentionTensors<T>& tensors, const AttentionBranch& branch, T* output,
                 float* scratch);
  void (*attendBackward)(const AttentionTensors<T>& tensors, const AttentionBranch& branch,
                         const AttentionGradients<T>& gradients, float* scratch);
};

struct Kernels {
  const char* name;  // "avx512", "avx2" and "portable", or "neon"
  ElementKernels<float> float32;
  ElementKernels<Bfloat16> bfloat16;
};

// Floats of scratch that attend and attendBackward need for up to `keys` keys.
std::size_t attentionScratch(std::int64_t keys, std::int64_t headSize);

// Every variant that this processor runs, the fastest first.
std::span<const Kernels* const> kernelVariants();
// The variant of this name. Error if there is none, or if this processor does not run it.
const Kernels& kernelsNamed(std::string_view name);
// What canvass computes with: the variant that the environment variable CANVASS_KERNELS names, or
// the fastest if it is not set.
const Kernels& chosenKernels();

template <typename T>
const ElementKernels<T>& kernelsFor(const Kernels& kernels = chosenKernels());
template <>
inline const ElementKernels<float>& kernelsFor(const Kernels& kernels) {
  return kernels.float32;
}
template <>
inline const ElementKernels<Bfloat16>& kernelsFor(const Kernels& kernels) {
  return kernels.bfloat16;
}

}  // namespace canvass::kernels
