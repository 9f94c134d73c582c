#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/progress.h"
#include "model/decoder.h"
#include "model/precision.h"
#include "model_files/model_files.h"
#include "quantization/element_type.h"

namespace canvass {

// How quantized weights are held.
enum class WeightChoice {
  automatic,  // stored if the products are in fp32, where that costs next to nothing, else dense
  dense,      // dequantized once
  stored,     // as they are in the file, on the CPU and if they are not trained
  q8_0,       // so, and weights that are not quantized are while loading, to 8 bits
  q4_k,       // the same to 4 bits
};

// The type to which weights are quantized while loading, if they are: Q8_0 or Q4_K.
std::optional<ElementType> quantizedTo(WeightChoice choice);

struct LoadOptions {
  // None: bf16 if the weights are stored in 16 bits and the device multiplies bf16, else fp32.
  std::optional<Precision> precision = Precision::float32;
  bool trainable = false;  // weights are kept in fp32 whatever the precision, and record gradients
  bool packHead = false;   // at once, for logits of the whole vocabulary
  at::Device device = at::kCPU;
  WeightChoice weights = WeightChoice::dense;
};

// Reads config.json and the weights. Throws Error naming a tensor that is missing, unexpected or
// of another shape than the config says. Progress counts the bytes of the weights.
std::unique_ptr<Decoder> loadDecoder(const ModelFiles& model, const LoadOptions& options,
                                     Progress& progress = noProgress());

// Writes model.safetensors (fp32) with the parameters of a decoder that was loaded as trainable.
void saveDecoderWeights(const Decoder& decoder, const std::filesystem::path& modelFolder);

}  // namespace canvass
