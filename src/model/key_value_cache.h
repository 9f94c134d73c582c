#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "model_files/decoder_config.h"

namespace canvass {

// The keys and values of tokens that were read, so that tokens read later attend to them without
// computing them again. Rows are in the order in which they were read, whichever prompt they belong
// to: an AttentionLayout's key rows say whose they are. Never for training.
class KeyValueCache {
 public:
  // Room for `capacity` rows in every layer.
  KeyValueCache(const DecoderConfig& config, std::int64_t capacity, at::ScalarType type,
                at::Device device);

  std::int64_t rows() const { return rows_; }  // present in all layers

  // Adds the first `count` rows of one layer's keys and values [n, keyHeads, headSize] behind
  // rows(), and returns all of that layer's: [rows() + count, keyHeads, headSize].
  std::pair<at::Tensor, at::Tensor> extend(std::size_t layer, const at::Tensor& keys,
                                           const at::Tensor& values, std::int64_t count);
  // To be called after every layer was extended by this many rows.
  void advance(std::int64_t count) { rows_ += count; }
  // Forgets all but the first `rows` rows; there must be at least that many.
  void truncate(std::int64_t rows) { rows_ = rows; }

 private:
  std::vector<at::Tensor> keys_;  // by layer: [capacity, keyHeads, headSize]
  std::vector<at::Tensor> values_;
  std::int64_t rows_ = 0;
};

}  // namespace canvass
