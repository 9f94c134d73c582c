#include "model/initialize.h"

#include <torch/torch.h>

#include <cmath>

#include "base/file.h"
#include "base/random.h"
#include "model/load.h"
#include "model_files/decoder_layout.h"
#include "model_files/safetensors.h"

namespace canvass {
namespace {

double standardDeviation(const TensorSpec& spec, const DecoderConfig& config) {
  if (spec.name == "model.embed_tokens.weight") return config.tiedEmbeddings ? 0.02 : 1.0;
  if (spec.name == "lm_head.weight") return 0.02;
  const bool writesStream = spec.name.find("o_proj") != std::string::npos ||
                            spec.name.find("down_proj") != std::string::npos;
  const double layers = static_cast<double>(config.layerCount);
  const double inputs = static_cast<double>(spec.shape.back());
  return std::sqrt(1.0 / inputs) / (writesStream ? std::sqrt(2.0 * layers) : 1.0);
}

at::Tensor initialTensor(const TensorSpec& spec, const DecoderConfig& config, std::uint64_t seed) {
  const bool isNorm = spec.name.find("norm") != std::string::npos;
  if (spec.shape.size() == 1) return isNorm ? at::ones(spec.shape) : at::zeros(spec.shape);
  const double deviation = standardDeviation(spec, config);
  RandomStream random(seed, spec.name);
  at::Tensor tensor = at::empty(spec.shape, at::kFloat);
  float* values = tensor.data_ptr<float>();
  for (std::int64_t i = 0; i < tensor.numel(); ++i) {
    values[i] = static_cast<float>(random.normal() * deviation);
  }
  return tensor;
}

}  // namespace

void initializeDecoder(const DecoderConfig& config, std::uint64_t seed,
                       const std::filesystem::path& modelFolder) {
  std::map<std::string, at::Tensor> tensors;
  std::map<std::string, StoredTensor> stored;
  for (const TensorSpec& spec : decoderTensors(config)) {
    tensors[spec.name] = initialTensor(spec, config, seed);
    stored[spec.name] = toStored(tensors[spec.name]);
  }
  writeFileAtomically(modelFolder / "config.json", writeDecoderConfig(config));
  writeSafetensors(modelFolder / "model.safetensors", stored);
}

}  // namespace canvass
