#include "model/key_value_cache.h"

#include <torch/torch.h>

namespace canvass {

KeyValueCache::KeyValueCache(const DecoderConfig& config, std::int64_t capacity,
                             at::ScalarType type, at::Device device) {
  const auto room = [&] {
    return at::empty({capacity, config.keyValueHeadCount, config.headSize},
                     at::TensorOptions(type).device(device));
  };
  for (std::int64_t layer = 0; layer < config.layerCount; ++layer) {
    keys_.push_back(room());
    values_.push_back(room());
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
