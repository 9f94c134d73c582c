#include "model/load.h"

#include <map>

#include "model_files/decoder_layout.h"

namespace canvass {
namespace {

bool isNormWeight(const std::string& name) { return name.find("norm.weight") != std::string::npos; }

// Llama-2 files of 2023 carry the rotary table; a tied model may carry its head a second time.
WeightSource::Expectation expectationOf(const DecoderConfig& config) {
  return {decoderTensors(config), config.architecture,
          [tied = config.tiedEmbeddings](const std::string& name) {
            return name.ends_with(".rotary_emb.inv_freq") || (tied && name == "lm_head.weight");
          }};
}

}  // namespace

std::unique_ptr<Decoder> loadDecoder(const std::filesystem::path& modelFolder,
                                     const LoadOptions& options, Progress& progress) {
  const DecoderConfig config = readDecoderConfig(modelFolder);
  WeightSource weights(modelFolder, expectationOf(config));
  const auto computeType = options.precision == Precision::float32 ? at::kFloat : at::kBFloat16;
  const auto source = [&](const std::string& name) {
    const at::Tensor tensor =
        options.trainable
            ? weights.takeTrainable(name, at::kFloat, options.device)
            : weights.take(name, isNormWeight(name) ? at::kFloat : computeType, options.device);
    progress.update(weights.bytesTaken(), weights.bytes(), "");
    return tensor;
  };
  auto decoder = std::make_unique<Decoder>(config, source, computeType);
  if (options.packHead) {
    decoder->packHead();
    // Where the embeddings are borrowed from the file and tied, packing has touched all of them.
    weights.drop(config.tiedEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight");
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
  saveWeights(decoder.parameters(), modelFolder / "model.safetensors");
}

}  // namespace canvass
