#include "quantization/element_type.h"

#include <algorithm>
#include <iterator>

#include "quantization/blocks.h"

namespace canvass {
namespace {

enum class Kind { floating, other, quantized };

struct Description {
  ElementType type;
  const char* name;
  Kind kind;
  std::size_t elements;
  std::size_t bytes;
};

constexpr Description descriptions[] = {
    {ElementType::float32, "F32", Kind::floating, 1, 4},
    {ElementType::float16, "F16", Kind::floating, 1, 2},
    {ElementType::bfloat16, "BF16", Kind::floating, 1, 2},
    {ElementType::float64, "F64", Kind::floating, 1, 8},
    {ElementType::int64, "I64", Kind::other, 1, 8},
    {ElementType::int32, "I32", Kind::other, 1, 4},
    {ElementType::uint8, "U8", Kind::other, 1, 1},
    {ElementType::boolean, "BOOL", Kind::other, 1, 1},
    {ElementType::q4_0, "Q4_0", Kind::quantized, BlockQ4_0::elements, sizeof(BlockQ4_0)},
    {ElementType::q4_1, "Q4_1", Kind::quantized, BlockQ4_1::elements, sizeof(BlockQ4_1)},
    {ElementType::q5_0, "Q5_0", Kind::quantized, BlockQ5_0::elements, sizeof(BlockQ5_0)},
    {ElementType::q5_1, "Q5_1", Kind::quantized, BlockQ5_1::elements, sizeof(BlockQ5_1)},
    {ElementType::q8_0, "Q8_0", Kind::quantized, BlockQ8_0::elements, sizeof(BlockQ8_0)},
    {ElementType::q2_k, "Q2_K", Kind::quantized, BlockQ2_K::elements, sizeof(BlockQ2_K)},
    {ElementType::q3_k, "Q3_K", Kind::quantized, BlockQ3_K::elements, sizeof(BlockQ3_K)},
    {ElementType::q4_k, "Q4_K", Kind::quantized, BlockQ4_K::elements, sizeof(BlockQ4_K)},
    {ElementType::q5_k, "Q5_K", Kind::quantized, BlockQ5_K::elements, sizeof(BlockQ5_K)},
    {ElementType::q6_k, "Q6_K", Kind::quantized, BlockQ6_K::elements, sizeof(BlockQ6_K)},
};

const Description& descriptionOf(ElementType type) {
  return *std::find_if(std::begin(descriptions), std::end(descriptions),
                       [&](const Description& one) { return one.type == type; });
}

}  // namespace

const char* elementTypeName(ElementType type) { return descriptionOf(type).name; }
std::size_t blockElements(ElementType type) { return descriptionOf(type).elements; }
std::size_t blockBytes(ElementType type) { return descriptionOf(type).bytes; }
std::size_t rowBytes(ElementType type, std::size_t columns) {
  return columns / blockElements(type) * blockBytes(type);
}
bool isFloatingPoint(ElementType type) { return descriptionOf(type).kind == Kind::floating; }
bool isQuantized(ElementType type) { return descriptionOf(type).kind == Kind::quantized; }

}  // namespace canvass
