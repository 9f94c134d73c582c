#pragma once

#include <cstddef>

namespace canvass {

// How the numbers of a tensor are stored in a file.
enum class ElementType {
  float32,
  float16,
  bfloat16,
  float64,
  int64,
  int32,
  uint8,
  boolean,
  // In blocks of numbers that share their scale, as ggml defines them: the digit is the number of
  // bits of each.
  q4_0,
  q4_1,
  q5_0,
  q5_1,
  q8_0,
  q2_k,
  q3_k,
  q4_k,
  q5_k,
  q6_k,
};

// As safetensors and GGUF spell it: "F32", "BF16", "Q4_K".
const char* elementTypeName(ElementType type);
// Numbers in a block, 1 for all types that are not quantized, and the bytes that it takes.
std::size_t blockElements(ElementType type);
std::size_t blockBytes(ElementType type);

// The bytes of a row of whole blocks.
std::size_t rowBytes(ElementType type, std::size_t columns);

bool isFloatingPoint(ElementType type);
bool isQuantized(ElementType type);
// The types that weights can be stored in.
inline bool holdsWeights(ElementType type) { return isFloatingPoint(type) || isQuantized(type); }

}  // namespace canvass
