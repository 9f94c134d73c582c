#include "model/key_value_cache.h"

#include <ATen/ATen.h>

namespace canvass {

KeyValueCache::KeyValueCache(const DecoderConfig& config, std::int64_t capacity,
                             at::ScalarType type, at::Device device) {
  for (const LayerConfig& layer : config.layers) {
    for (auto* tensors : {&keys_, &values_}) {
      tensors->push_back(at::empty({capacity, layer.keyValueHeadCount, layer.headSize},
                                   at::TensorOptions(type).device(device)));
    }
  }
}

std::pair<at::Tensor, at::Tensor> KeyValueCache::extend(std::size_t layer, const at::Tensor& keys,
                                                        const at::Tensor& values,
                                                        std::int64_t count) {
  keys_[layer].narrow(0, rows_, count).copy_(keys.narrow(0, 0, count));
  values_[layer].narrow(0, rows_, count).copy_(values.narrow(0, 0, count));
  return {keys_[layer].narrow(0, 0, rows_ + count), values_[layer].narrow(0, 0, rows_ + count)};
}

}  // namespace canvass
