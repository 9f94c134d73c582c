#include "model/load.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/torch.h>

#include <set>

#include "base/error.h"
#include "base/file.h"
#include "checkpoint/decoder_layout.h"
#include "checkpoint/weight_files.h"

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

bool isNormWeight(const std::string& name) { return name.find("norm.weight") != std::string::npos; }

// Llama-2 files of 2023 carry the rotary table; a tied model may carry its head a second time.
bool isRedundant(const std::string& name, const DecoderConfig& config) {
  return name.ends_with(".rotary_emb.inv_freq") ||
         (config.tiedEmbeddings && name == "lm_head.weight");
}

void checkNoUnexpected(const WeightFiles& files, const DecoderConfig& config,
                       const std::string& where) {
  std::set<std::string> expected;
  for (const TensorSpec& spec : decoderTensors(config)) expected.insert(spec.name);
  for (const auto& [name, tensor] : files.tensors()) {
    if (!expected.contains(name) && !isRedundant(name, config)) {
      throw Error(fmt::format("the tensor \"{}\" has no place in a {} of this config.json", name,
                              config.architecture),
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

// The stored bytes as a tensor, without a copy; keeps the files mapped, and lets the pages go when
// the tensor does.
at::Tensor borrow(const StoredTensor& stored, const std::shared_ptr<const WeightFiles>& files) {
  auto* data = const_cast<std::byte*>(stored.bytes.data());  // from_blob's signature; only read
  const auto letGo = [files, bytes = stored.bytes](void*) { dropPages(bytes); };
  return torch::from_blob(data, stored.shape, letGo, scalarType(stored.type));
}

}  // namespace

at::Tensor toTensor(const StoredTensor& stored, at::ScalarType type) {
  auto* data = const_cast<std::byte*>(stored.bytes.data());  // from_blob's signature; only read
  return torch::from_blob(data, stored.shape, scalarType(stored.type)).to(type, false, true);
}

StoredTensor toStored(const at::Tensor& tensor) {
  const auto* data = static_cast<const std::byte*>(tensor.data_ptr());
  return {elementType(tensor.scalar_type()), tensor.sizes().vec(), {data, tensor.nbytes()}};
}

std::unique_ptr<Decoder> loadDecoder(const std::filesystem::path& modelFolder,
                                     const LoadOptions& options, Progress& progress) {
  const DecoderConfig config = readDecoderConfig(modelFolder);
  const auto files = std::make_shared<const WeightFiles>(modelFolder);
  const std::string where = modelFolder.string();
  checkNoUnexpected(*files, config, where);
  const auto computeType = options.precision == Precision::float32 ? at::kFloat : at::kBFloat16;
  std::map<std::string, const StoredTensor*> stored;
  std::size_t total = 0;
  for (const TensorSpec& spec : decoderTensors(config)) {
    stored[spec.name] = &findTensor(*files, spec, where);
    total += stored[spec.name]->bytes.size();
  }
  std::size_t done = 0;
  const auto source = [&](const std::string& name) {
    const bool wide = options.trainable || isNormWeight(name);
    const auto type = wide ? at::kFloat : computeType;
    const at::Tensor borrowed = borrow(*stored.at(name), files);
    done += borrowed.nbytes();
    progress.update(done, total, "");
    if (!options.trainable) return borrowed.to(options.device, type);
    return borrowed.to(options.device, type, false, /*copy=*/true).set_requires_grad(true);
  };
  auto decoder = std::make_unique<Decoder>(config, source, computeType);
  if (options.packHead) {
    decoder->packHead();
    // Where the embeddings are borrowed from the file and tied, packing has touched all of them.
    const auto* head = config.tiedEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight";
    dropPages(stored.at(head)->bytes);
  }
  return decoder;
}

ElementType storedPrecision(const std::filesystem::path& modelFolder) {
  const WeightFiles files(modelFolder);
  std::map<ElementType, std::size_t> bytes;
  for (const auto& [name, tensor] : files.tensors()) bytes[tensor.type] += tensor.bytes.size();
  ElementType most = ElementType::float32;
  std::size_t greatest = 0;
  for (const auto& [type, size] : bytes) {
    if (size > greatest) most = type, greatest = size;
  }
  return most;
}

void saveDecoderWeights(const Decoder& decoder, const std::filesystem::path& modelFolder) {
  NamedTensors kept;  // holds the contiguous copies until they are written
  for (const auto& [name, tensor] : decoder.parameters()) {
    kept.emplace_back(name, tensor.detach().to(at::kCPU, at::kFloat).contiguous());
  }
  std::map<std::string, StoredTensor> stored;
  for (const auto& [name, tensor] : kept) stored[name] = toStored(tensor);
  writeSafetensors(modelFolder / "model.safetensors", stored);
}

}  // namespace canvass
