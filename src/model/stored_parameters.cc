#include "model/stored_parameters.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <utility>

#include "base/error.h"
#include "base/progress.h"
#include "model/stored_tensors.h"
#include "quantization/quantize.h"

namespace canvass {
namespace {

void checkNoUnexpected(const WeightFiles& files, const ExpectedTensors& expected,
                       const std::string& where) {
  std::set<std::string> names;
  for (const TensorSpec& spec : expected.tensors) names.insert(spec.name);
  for (const auto& [name, tensor] : files.tensors()) {
    if (!names.contains(name) && !expected.isRedundant(name)) {
      throw Error(fmt::format("the tensor \"{}\" does not belong in a {} with this config.json",
                              name, expected.architecture),
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
        fmt::format("the tensor \"{}\" has the shape [{}], but config.json requires [{}]",
                    spec.name, fmt::join(found->second.shape, ", "), fmt::join(spec.shape, ", ")),
        where);
  }
  if (!holdsWeights(found->second.type)) {
    throw Error(fmt::format("the tensor \"{}\" is of element type {}, which is not supported",
                            spec.name, elementTypeName(found->second.type)),
                where, "use F32, F16 or BF16 weights");
  }
  return found->second;
}

// The rows of a table are what tokens mean and what logits are made by, each a sum of its own: 4
// bits cost more there than anywhere else, and save less.
std::optional<ElementType> tableType(std::optional<ElementType> ofMatrices) {
  return ofMatrices ? std::optional(ElementType::q8_0) : std::nullopt;
}

}  // namespace

StoredParameters::StoredParameters(const WeightFiles& files, const ExpectedTensors& expected,
                                   const std::string& where, HeldParameters held,
                                   Progress& progress)
    : held_(std::move(held)), progress_(progress) {
  checkNoUnexpected(files, expected, where);
  for (const TensorSpec& spec : expected.tensors) {
    const StoredTensor& stored = findTensor(files, spec, where);
    stored_.emplace(spec.name, stored);
    bytes_ += stored.bytes.size();
  }
}

const StoredTensor& StoredParameters::next(const std::string& name) {
  const StoredTensor& stored = stored_.at(held_.prefix + name);
  taken_ += stored.bytes.size();
  progress_.update(taken_ / megabyte, bytes_ / megabyte, "");
  return stored;
}

at::Tensor StoredParameters::read(const std::string& name) { return asStored(next(name)); }

at::Tensor StoredParameters::take(const std::string& name, at::ScalarType type) {
  if (!held_.trainable) return read(name).to(held_.device, type);
  return read(name).to(held_.device, at::kFloat, false, /*copy=*/true).set_requires_grad(true);
}

at::Tensor StoredParameters::embedding(const std::string& name) {
  const at::ScalarType stored = scalarType(stored_.at(held_.prefix + name).type);
  const bool isNarrower = c10::elementSize(stored) < c10::elementSize(held_.type);
  return take(name, isNarrower ? stored : held_.type);
}

bool StoredParameters::staysQuantized(const std::string& name) const {
  return held_.keepsQuantized && !held_.trainable && held_.device.is_cpu() &&
         isQuantized(stored_.at(held_.prefix + name).type);
}

std::optional<QuantizedRows> StoredParameters::quantized(const std::string& name,
                                                         std::optional<ElementType> to) {
  if (staysQuantized(name)) return quantizedRows(next(name));
  if (!to || held_.trainable || !held_.device.is_cpu()) return {};
  const auto columns = static_cast<std::size_t>(stored_.at(held_.prefix + name).shape.back());
  const auto type = quantizedTypeFor(*to, columns);
  if (!type) return {};
  return quantizedTo(*type, read(name));
}

TokenTable StoredParameters::table(const std::string& name) {
  if (auto rows = quantized(name, tableType(held_.quantizedTo)))
    return TokenTable(*std::move(rows));
  return TokenTable(embedding(name));
}

std::unique_ptr<Linear> StoredParameters::linear(const LinearSpec& spec) {
  const std::string weight = spec.module + ".weight";
  const at::Tensor bias = spec.bias ? take(spec.module + ".bias", held_.type) : at::Tensor();
  if (auto rows = quantized(weight, held_.quantizedTo)) {
    return makeQuantizedLinear(*std::move(rows), bias);
  }
  const bool packs = !held_.trainable && held_.device.is_cpu();
  return makeLinear(packs ? buffer_.convert(read(weight), held_.type) : take(weight, held_.type),
                    bias);
}

void StoredParameters::drop(const std::string& name) const {
  const StoredTensor& stored = stored_.at(held_.prefix + name);
  stored.file->letGo(stored.bytes);
}

}  // namespace canvass
