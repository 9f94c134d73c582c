#include "model/load.h"

#include "base/error.h"
#include "model/stored_parameters.h"
#include "model/stored_tensors.h"

namespace canvass {
namespace {

bool multipliesBfloat16(at::Device device) {
  if (!device.is_cpu()) return true;
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") != 0;
#else
  return false;
#endif
}

// Throws Error if the weights cannot be held as was asked for.
bool staysInBlocks(const LoadOptions& options, const std::string& model) {
  if (options.weights == WeightChoice::automatic || options.weights == WeightChoice::dense) {
    return false;
  }
  if (options.trainable) {
    throw Error("weights that are trained cannot be held in blocks", model,
                "leave out --weights, or train an adapter (--method lora)");
  }
  if (!options.device.is_cpu()) {
    throw Error("a GPU does not multiply by weights held in blocks", model,
                "choose --weights dense, or --device cpu");
  }
  return true;
}

Precision precisionFor(const WeightFiles& weights, const LoadOptions& options, bool inBlocks) {
  if (options.precision) return *options.precision;
  if (inBlocks) return Precision::float32;  // in which blocks are multiplied
  const ElementType stored = weights.maxStored();
  const bool wide = stored == ElementType::float32 || stored == ElementType::float64;
  return !wide && multipliesBfloat16(options.device) ? Precision::bfloat16 : Precision::float32;
}

// Llama 2 files of 2023 contain the rotary table; a tied model may contain its head a second time;
// what does not have the decoder's prefix belongs to other parts of the model.
ExpectedTensors expectedOfDecoder(const DecoderConfig& config) {
  return {decoderTensors(config), config.architecture,
          [tied = config.tiedEmbeddings, prefix = config.weightPrefix](const std::string& name) {
            return name.ends_with(".rotary_emb.inv_freq") ||
                   (tied && name == prefix + "lm_head.weight") || !name.starts_with(prefix);
          }};
}

}  // namespace

std::optional<ElementType> quantizedTo(WeightChoice choice) {
  if (choice == WeightChoice::q8_0) return ElementType::q8_0;
  if (choice == WeightChoice::q4_k) return ElementType::q4_k;
  return {};
}

std::unique_ptr<Decoder> loadDecoder(const ModelFiles& model, const LoadOptions& options,
                                     Progress& progress) {
  const DecoderConfig config = readDecoderConfig(model);
  const WeightFiles files(model);
  const bool inBlocks = staysInBlocks(options, model.describe());
  const bool narrow = precisionFor(files, options, inBlocks) == Precision::bfloat16;
  const auto computeType = narrow ? at::kBFloat16 : at::kFloat;
  const bool keeps = inBlocks || (options.weights == WeightChoice::automatic && !narrow);
  StoredParameters parameters(files, expectedOfDecoder(config), model.describe(),
                              {.type = computeType,
                               .trainable = options.trainable,
                               .keepsQuantized = keeps,
                               .quantizedTo = quantizedTo(options.weights),
                               .device = options.device},
                              progress);
  auto decoder = std::make_unique<Decoder>(config, parameters, computeType);
  if (options.packHead) {
    decoder->head().pack();
    // If the embeddings are borrowed from the file and tied, packing has touched all of them.
    const DecoderParameters names = decoderParameters(config);
    const std::string& table = (names.head ? *names.head : names.embeddings).name;
    if (!parameters.staysQuantized(table)) parameters.drop(table);
  }
  return decoder;
}

void saveDecoderWeights(const Decoder& decoder, const std::filesystem::path& modelFolder) {
  saveWeights(decoder.parameters(), modelFolder / "model.safetensors");
}

}  // namespace canvass
