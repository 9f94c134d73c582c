#include "model/stored_tensors.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include "base/error.h"

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

// Rows of heads whose rotary pairs are neighbors, in the order of canvass: see StoredTensor.
at::Tensor inHalves(const at::Tensor& rows, std::int64_t heads) {
  return rows.reshape({heads, -1, 2, rows.numel() / rows.size(0)})
      .transpose(1, 2)
      .reshape(rows.sizes());
}

// The bytes as a tensor, without a copy. from_blob's signature requires writable bytes.
template <typename... LetGo>
at::Tensor viewOf(std::span<const std::byte> bytes, const std::vector<std::int64_t>& shape,
                  at::ScalarType type, LetGo... letGo) {
  return at::from_blob(const_cast<std::byte*>(bytes.data()), shape, letGo..., type);
}

// The same, which keeps the file mapped and releases its bytes when the tensor goes.
at::Tensor borrowed(const StoredTensor& stored, const std::vector<std::int64_t>& shape,
                    at::ScalarType type) {
  const at::Tensor view =
      viewOf(stored.bytes, shape, type,
             [file = stored.file, bytes = stored.bytes](void*) { file->letGo(bytes); });
  return stored.interleavedHeads > 0 ? inHalves(view, stored.interleavedHeads) : view;
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
  return viewOf(stored.bytes, stored.shape, scalarType(stored.type)).to(type, false, true);
}

at::Tensor asStored(const StoredTensor& stored) {
  if (!isQuantized(stored.type)) return borrowed(stored, stored.shape, scalarType(stored.type));
  const QuantizedRows rows = quantizedRows(stored);
  return rows.dequantized(0, rows.rows()).view(stored.shape);
}

QuantizedRows quantizedRows(const StoredTensor& stored) {
  const std::int64_t columns = stored.shape.back();
  const auto bytes =
      static_cast<std::int64_t>(rowBytes(stored.type, static_cast<std::size_t>(columns)));
  const auto rows = static_cast<std::int64_t>(stored.bytes.size()) / bytes;
  return {stored.type, borrowed(stored, {rows, bytes}, at::kByte), columns};
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
