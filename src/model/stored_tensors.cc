#include "model/stored_tensors.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>

#include "base/error.h"
#include "quantization/dequantize.h"

namespace canvass {
namespace {

struct TypePair {
  ElementType stored;
  at::ScalarType type;
};

const TypePair typePairs[] = {
    {ElementType::float32, at::kFloat},
    {ElementType::float16, at::kHalf},
    {ElementType::bfloat16, at::kBFloat16},
    {ElementType::float64, at::kDouble},
};

ElementType elementType(at::ScalarType type) {
  for (const TypePair& pair : typePairs) {
    if (pair.type == type) return pair.stored;
  }
  throw Error("a tensor of this type cannot be written");
}

// Dequantized, fp32: by all threads, as loading waits for it.
at::Tensor dense(const StoredTensor& stored) {
  at::Tensor numbers = at::empty(stored.shape, at::kFloat);
  const auto block = static_cast<std::int64_t>(blockElements(stored.type));
  const auto bytes = static_cast<std::int64_t>(blockBytes(stored.type));
  constexpr std::int64_t blocksAtOnce = 1024;
  float* const out = numbers.data_ptr<float>();
  at::parallel_for(
      0, numbers.numel() / block, blocksAtOnce, [&](std::int64_t begin, std::int64_t end) {
        const auto count = static_cast<std::size_t>(end - begin);
        dequantize(stored.type,
                   stored.bytes.subspan(static_cast<std::size_t>(begin * bytes), count * bytes),
                   {out + begin * block, count * block});
      });
  return numbers;
}

// Rows of heads whose rotary pairs are neighbors, in the order of canvass: see StoredTensor.
at::Tensor inHalves(const at::Tensor& rows, std::int64_t heads) {
  return rows.reshape({heads, -1, 2, rows.numel() / rows.size(0)})
      .transpose(1, 2)
      .reshape(rows.sizes());
}

// The bytes as a tensor, without a copy. from_blob's signature requires writable bytes.
template <typename... LetGo>
at::Tensor viewOf(const StoredTensor& stored, LetGo... letGo) {
  auto* data = const_cast<std::byte*>(stored.bytes.data());
  return at::from_blob(data, stored.shape, letGo..., scalarType(stored.type));
}

}  // namespace

at::ScalarType scalarType(ElementType stored) {
  for (const TypePair& pair : typePairs) {
    if (pair.stored == stored) return pair.type;
  }
  if (isQuantized(stored)) return at::kFloat;
  throw Error(fmt::format("weights of element type {} are not supported", elementTypeName(stored)),
              {}, "use F32, F16 or BF16 weights");
}

at::Tensor toTensor(const StoredTensor& stored, at::ScalarType type) {
  return viewOf(stored).to(type, false, true);
}

at::Tensor asStored(const StoredTensor& stored) {
  at::Tensor tensor;
  if (isQuantized(stored.type)) {
    tensor = dense(stored);
    stored.file->letGo(stored.bytes);
  } else {
    tensor =
        viewOf(stored, [file = stored.file, bytes = stored.bytes](void*) { file->letGo(bytes); });
  }
  return stored.interleavedHeads > 0 ? inHalves(tensor, stored.interleavedHeads) : tensor;
}

StoredTensor toStored(const at::Tensor& tensor) {
  const auto* data = static_cast<const std::byte*>(tensor.data_ptr());
  return {elementType(tensor.scalar_type()), tensor.sizes().vec(), {data, tensor.nbytes()}};
}

void saveWeights(const NamedTensors& parameters, const std::filesystem::path& file) {
  NamedTensors kept;  // holds the contiguous copies until they are written
  for (const auto& [name, tensor] : parameters) {
    kept.emplace_back(name, tensor.detach().to(at::kCPU, at::kFloat).contiguous());
  }
  std::map<std::string, StoredTensor> stored;
  for (const auto& [name, tensor] : kept) stored[name] = toStored(tensor);
  writeSafetensors(file, stored);
}

}  // namespace canvass
