#include "model/adapter.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/random.h"
#include "model/stored_tensors.h"
#include "model_files/safetensors.h"

namespace canvass {
namespace {

// PEFT wraps the model, and its wrapper the decoder: names have two prefixes.
const std::string peftPrefix = "base_model.model.";
constexpr const char* weightsOfAdapter = "adapter_model.safetensors";

std::string lastPart(const std::string& module) {
  return module.substr(module.find_last_of('.') + 1);
}

// Of the linear layers of each layer, in the order in which they compute.
std::vector<std::string> targetNames(Decoder& decoder) {
  std::vector<std::string> names;
  for (NamedLinear* linear : decoder.linears()) {
    const std::string name = lastPart(linear->spec.module);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::vector<NamedLinear*> targetedLayers(Decoder& decoder, const AdapterConfig& adapter) {
  std::vector<NamedLinear*> found;
  std::set<std::string> missing(adapter.targets.begin(), adapter.targets.end());
  for (NamedLinear* linear : decoder.linears()) {
    const std::string name = lastPart(linear->spec.module);
    if (std::find(adapter.targets.begin(), adapter.targets.end(), name) == adapter.targets.end()) {
      continue;
    }
    missing.erase(name);
    found.push_back(linear);
  }
  if (!missing.empty()) {
    throw Error(fmt::format("no linear layer of the model is called \"{}\"", *missing.begin()), {},
                fmt::format("targets are {}", fmt::join(targetNames(decoder), ", ")));
  }
  return found;
}

// `down` and `up` are trained, on the device of the layer that they are added to.
void wrap(NamedLinear& target, const AdapterConfig& adapter, at::Device device,
          const at::Tensor& down, const at::Tensor& up) {
  std::unique_ptr<Linear>& linear = target.linear;
  if (dynamic_cast<const AdaptedLinear*>(linear.get()) != nullptr) {
    throw Error(fmt::format("the layer \"{}\" already has an adapter", target.spec.module), {},
                "an adapter on top of another is not implemented");
  }
  const auto trained = [&](const at::Tensor& tensor) {
    return tensor.to(device).set_requires_grad(true);
  };
  linear = std::make_unique<AdaptedLinear>(std::move(linear), trained(down), trained(up),
                                           adapter.scale(), adapter.dropout);
}

at::Tensor uniformTensor(std::int64_t rows, std::int64_t columns, double bound,
                         RandomStream& random) {
  at::Tensor tensor = at::empty({rows, columns}, at::kFloat);
  float* values = tensor.data_ptr<float>();
  for (std::int64_t i = 0; i < tensor.numel(); ++i) {
    values[i] = static_cast<float>((2.0 * random.uniform() - 1.0) * bound);
  }
  return tensor;
}

at::Tensor takeStored(std::map<std::string, StoredTensor>& stored, const std::string& name,
                      std::int64_t rows, std::int64_t columns, const std::string& where) {
  const auto found = stored.find(name);
  if (found == stored.end()) throw Error(fmt::format("the tensor \"{}\" is missing", name), where);
  const StoredTensor tensor = stored.extract(found).mapped();
  if (tensor.shape != std::vector<std::int64_t>{rows, columns}) {
    throw Error(fmt::format("the tensor \"{}\" has the shape [{}], but [{}, {}] was expected", name,
                            fmt::join(tensor.shape, ", "), rows, columns),
                where, "the adapter belongs to another model");
  }
  if (!isFloatingPoint(tensor.type)) {
    throw Error(fmt::format("the tensor \"{}\" is of element type {}, which is not supported", name,
                            elementTypeName(tensor.type)),
                where, "use F32, F16 or BF16 weights");
  }
  return toTensor(tensor, at::kFloat);
}

}  // namespace

void attachNewAdapter(Decoder& decoder, const AdapterConfig& config, std::uint64_t seed) {
  RandomStream random(seed, "adapter");
  for (NamedLinear* target : targetedLayers(decoder, config)) {
    const auto& [module, outputs, inputs, bias] = target->spec;
    const double bound = 1.0 / std::sqrt(static_cast<double>(inputs));
    wrap(*target, config, decoder.device(), uniformTensor(config.rank, inputs, bound, random),
         at::zeros({outputs, config.rank}, at::kFloat));
  }
}

AdapterConfig loadAdapter(Decoder& decoder, const ModelFiles& adapter) {
  const AdapterConfig config = readAdapterConfig(adapter);
  const std::string where = adapter.describe(weightsOfAdapter);
  auto stored = SafetensorsFile(adapter, weightsOfAdapter).tensors();
  for (NamedLinear* target : targetedLayers(decoder, config)) {
    const LinearSpec& spec = target->spec;
    const std::string name = peftPrefix + spec.module;
    const at::Tensor down =
        takeStored(stored, name + ".lora_A.weight", config.rank, spec.inputs, where);
    const at::Tensor up =
        takeStored(stored, name + ".lora_B.weight", spec.outputs, config.rank, where);
    wrap(*target, config, decoder.device(), down, up);
  }
  if (!stored.empty()) {
    throw Error(
        fmt::format("the tensor \"{}\" does not belong to an adapted layer", stored.begin()->first),
        where);
  }
  return config;
}

void saveAdapter(const Decoder& decoder, const AdapterConfig& config,
                 const std::filesystem::path& adapterFolder) {
  NamedTensors kept;
  for (const auto& [name, tensor] : decoder.parameters()) {
    if (name.find(".lora_") == std::string::npos) continue;
    kept.emplace_back(peftPrefix + name, tensor.detach().cpu().contiguous());
  }
  std::map<std::string, StoredTensor> stored;
  for (const auto& [name, tensor] : kept) stored[name] = toStored(tensor);
  writeSafetensors(adapterFolder / weightsOfAdapter, stored);
  writeFileAtomically(adapterFolder / "adapter_config.json", writeAdapterConfig(config));
}

}  // namespace canvass
