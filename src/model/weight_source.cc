#include "model/weight_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/torch.h>

#include <set>

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

at::ScalarType scalarType(ElementType stored) {
  for (const TypePair& pair : typePairs) {
    if (pair.stored == stored) return pair.type;
  }
  throw Error(fmt::format("weights of element type {} are not supported", elementTypeName(stored)),
              {}, "use F32, F16 or BF16 weights");
}

ElementType elementType(at::ScalarType type) {
  for (const TypePair& pair : typePairs) {
    if (pair.type == type) return pair.stored;
  }
  throw Error("a tensor of this type cannot be written");
}

void checkNoUnexpected(const WeightFiles& files, const WeightSource::Expectation& expected,
                       const std::string& where) {
  std::set<std::string> names;
  for (const TensorSpec& spec : expected.tensors) names.insert(spec.name);
  for (const auto& [name, tensor] : files.tensors()) {
    if (!names.contains(name) && !expected.isRedundant(name)) {
      throw Error(fmt::format("the tensor \"{}\" has no place in a {} of this config.json", name,
                              expected.architecture),
                  where);
    }
  }
}

const StoredTensor& findTensor(const WeightFiles& files, const TensorSpec& spec,
                               const std::string& where) {
  const auto found = files.tensors().find(spec.name);
  if (found == files.tensors().end()) {
    throw Error(fmt::format("the tensor \"{}\" is missing", spec.name), where,
                "download the model again");
  }
  if (found->second.shape != spec.shape) {
    throw Error(
        fmt::format("the tensor \"{}\" has the shape [{}], config.json asks for [{}]", spec.name,
                    fmt::join(found->second.shape, ", "), fmt::join(spec.shape, ", ")),
        where);
  }
  if (!isFloatingPoint(found->second.type)) {
    throw Error(fmt::format("the tensor \"{}\" is of element type {}, which is not supported",
                            spec.name, elementTypeName(found->second.type)),
                where, "use F32, F16 or BF16 weights");
  }
  return found->second;
}

// The bytes as a tensor, without a copy. from_blob's signature asks for bytes that can be written.
template <typename... LetGo>
at::Tensor viewOf(const StoredTensor& stored, LetGo... letGo) {
  auto* data = const_cast<std::byte*>(stored.bytes.data());
  return torch::from_blob(data, stored.shape, letGo..., scalarType(stored.type));
}

}  // namespace

at::Tensor toTensor(const StoredTensor& stored, at::ScalarType type) {
  return viewOf(stored).to(type, false, true);
}

StoredTensor toStored(const at::Tensor& tensor) {
  const auto* data = static_cast<const std::byte*>(tensor.data_ptr());
  return {elementType(tensor.scalar_type()), tensor.sizes().vec(), {data, tensor.nbytes()}};
}

WeightSource::WeightSource(const WeightFiles& files, const Expectation& expected,
                           const std::string& where) {
  checkNoUnexpected(files, expected, where);
  for (const TensorSpec& spec : expected.tensors) {
    bytes_ += stored_.emplace(spec.name, findTensor(files, spec, where)).first->second.bytes.size();
  }
}

// Keeps the file mapped, and lets the pages go when the tensor does.
at::Tensor WeightSource::borrow(const std::string& name) {
  const StoredTensor& stored = stored_.at(name);
  taken_ += stored.bytes.size();
  return viewOf(stored, [file = stored.file, bytes = stored.bytes](void*) { file->letGo(bytes); });
}

at::Tensor WeightSource::take(const std::string& name, at::ScalarType type, at::Device device) {
  return borrow(name).to(device, type);
}

at::Tensor WeightSource::takeTrainable(const std::string& name, at::ScalarType type,
                                       at::Device device) {
  return borrow(name).to(device, type, false, /*copy=*/true).set_requires_grad(true);
}

void WeightSource::drop(const std::string& name) const {
  const StoredTensor& stored = stored_.at(name);
  stored.file->letGo(stored.bytes);
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
