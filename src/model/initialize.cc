#include "model/initialize.h"

#include <ATen/ATen.h>

#include <cmath>
#include <map>

#include "base/file.h"
#include "base/random.h"
#include "model/stored_tensors.h"
#include "model_files/decoder_layout.h"
#include "model_files/safetensors.h"

namespace canvass {
namespace {

// Parameters by name, each drawn from a random stream of its own.
class InitialParameters {
 public:
  explicit InitialParameters(std::uint64_t seed) : seed_(seed) {}

  void addNormal(const TensorSpec& spec, double deviation) {
    RandomStream random(seed_, spec.name);
    at::Tensor tensor = at::empty(spec.shape, at::kFloat);
    float* values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i) {
      values[i] = static_cast<float>(random.normal() * deviation);
    }
    tensors_[spec.name] = tensor;
  }

  // Normal with variance 1/inputs, divided by `divisor`; biases are zero.
  void addLinear(const LinearSpec& spec, double divisor) {
    const double deviation = std::sqrt(1.0 / static_cast<double>(spec.inputs));
    addNormal({spec.module + ".weight", {spec.outputs, spec.inputs}}, deviation / divisor);
    if (spec.bias) tensors_[spec.module + ".bias"] = at::zeros({spec.outputs});
  }

  void addNorm(const NormSpec& spec) { tensors_[spec.module + ".weight"] = at::ones({spec.size}); }

  void save(const std::filesystem::path& file) const {
    std::map<std::string, StoredTensor> stored;
    for (const auto& [name, tensor] : tensors_) stored[name] = toStored(tensor);
    writeSafetensors(file, stored);
  }

 private:
  std::uint64_t seed_;
  std::map<std::string, at::Tensor> tensors_;
};

void addLayer(InitialParameters& parameters, const LayerParameters& layer, double streamDivisor) {
  for (const LinearSpec& linear : layer.attention.projections) parameters.addLinear(linear, 1.0);
  for (const LinearSpec& linear : layer.feedForward.inner) parameters.addLinear(linear, 1.0);
  parameters.addLinear(layer.attention.output, streamDivisor);
  parameters.addLinear(layer.feedForward.down, streamDivisor);
  for (const NormSpec& norm : norms(layer)) parameters.addNorm(norm);
}

}  // namespace

void initializeDecoder(const DecoderConfig& config, std::uint64_t seed,
                       const std::filesystem::path& modelFolder) {
  constexpr double nearZero = 0.02;  // of a head
  const DecoderParameters names = decoderParameters(config);
  InitialParameters parameters(seed);
  parameters.addNormal(names.embeddings, config.tiedEmbeddings ? nearZero : 1.0);
  if (names.head) parameters.addNormal(*names.head, nearZero);
  parameters.addNorm(names.norm);
  const double streamDivisor = std::sqrt(2.0 * static_cast<double>(config.layers.size()));
  for (const LayerParameters& layer : names.layers) addLayer(parameters, layer, streamDivisor);
  writeFileAtomically(modelFolder / "config.json", writeDecoderConfig(config));
  parameters.save(modelFolder / "model.safetensors");
}

}  // namespace canvass
