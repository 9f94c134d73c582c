#pragma once

#include "kernels/lanes.h"

// The products of eight rows with the keys of a branch, in registers: what attention is made of.
namespace canvass::kernels::CANVASS_VARIANT {

constexpr std::int64_t rowsAtOnce = 8;

constexpr std::int64_t paddedToLanes(std::int64_t count) {
  return (count + laneCount - 1) / laneCount * laneCount;
}

// rows[j] of a tensor, [keys, size] padded with zeros to whole lanes both ways.
template <typename T>
void gatherRows(const T* tensor, std::int64_t stride, const std::int32_t* rows, std::int64_t keys,
                std::int64_t size, float* out) {
  const std::int64_t padded = paddedToLanes(size);
  for (std::int64_t j = 0; j < paddedToLanes(keys); ++j, out += padded) {
    std::int64_t i = 0;
    if (j < keys) {
      const T* from = tensor + rows[j] * stride;
      for (; i + laneCount <= size; i += laneCount) store(out + i, load(from + i));
      for (; i < size; ++i) out[i] = widen(from[i]);
    }
    for (; i < padded; ++i) out[i] = 0.0F;
  }
}

// [keys, size] as gathered -> blocks of sixteen keys, [keys / 16, size, 16].
inline void transposeToBlocks(const float* gathered, std::int64_t keys, std::int64_t size,
                              float* out) {
  const std::int64_t padded = paddedToLanes(size);
  for (std::int64_t block = 0; block < paddedToLanes(keys); block += laneCount) {
    for (std::int64_t i = 0; i < size; ++i, out += laneCount) {
      for (std::int64_t lane = 0; lane < laneCount; ++lane) {
        out[lane] = gathered[(block + lane) * padded + i];
      }
    }
  }
}

// scores[row, key] = row . key for keys in blocks; `stride` floats between rows of scores.
inline void dotProducts(const float* columns, const float* keyBlocks, std::int64_t keys,
                        std::int64_t size, float* scores, std::int64_t stride) {
  for (std::int64_t key = 0; key < keys; key += laneCount, keyBlocks += size * laneCount) {
    Lanes sums[rowsAtOnce] = {};
    for (std::int64_t i = 0; i < size; ++i) {
      const Lanes lanes = load(keyBlocks + i * laneCount);
      const float* column = columns + i * rowsAtOnce;
      for (std::int64_t row = 0; row < rowsAtOnce; ++row) sums[row] += column[row] * lanes;
    }
    for (std::int64_t row = 0; row < rowsAtOnce; ++row) {
      store(scores + row * stride + key, sums[row]);
    }
  }
}

template <std::int64_t vectors>
inline void weightedChunk(const float* weights, std::int64_t stride, const float* values,
                          std::int64_t keys, std::int64_t padded, float* out) {
  Lanes sums[rowsAtOnce][vectors] = {};
  for (std::int64_t key = 0; key < keys; ++key, values += padded) {
    Lanes lanes[vectors];
    for (std::int64_t v = 0; v < vectors; ++v) lanes[v] = load(values + v * laneCount);
    for (std::int64_t row = 0; row < rowsAtOnce; ++row) {
      const float weight = weights[row * stride + key];
      for (std::int64_t v = 0; v < vectors; ++v) sums[row][v] += weight * lanes[v];
    }
  }
  for (std::int64_t row = 0; row < rowsAtOnce; ++row) {
    for (std::int64_t v = 0; v < vectors; ++v) {
      store(out + row * padded + v * laneCount, sums[row][v]);
    }
  }
}

// Calls chunk with the columns two vectors at a time, and one if one is left.
template <typename Chunk>
inline void overColumns(std::int64_t padded, Chunk chunk) {
  std::int64_t column = 0;
  for (; column + 2 * laneCount <= padded; column += 2 * laneCount) {
    chunk.template operator()<2>(column);
  }
  if (column < padded) chunk.template operator()<1>(column);
}

// out[row] = sum over keys of weights[row, key] values[key]; values and out have `padded` columns.
inline void weightedSums(const float* weights, std::int64_t stride, const float* values,
                         std::int64_t keys, std::int64_t padded, float* out) {
  overColumns(padded, [=]<std::int64_t vectors>(std::int64_t column) {
    weightedChunk<vectors>(weights, stride, values + column, keys, padded, out + column);
  });
}

template <std::int64_t vectors>
inline void outerChunk(const float* weights, std::int64_t stride, const float* rows,
                       std::int64_t keys, std::int64_t padded, float* sums) {
  Lanes factors[rowsAtOnce][vectors];
  for (std::int64_t row = 0; row < rowsAtOnce; ++row) {
    for (std::int64_t v = 0; v < vectors; ++v) {
      factors[row][v] = load(rows + row * padded + v * laneCount);
    }
  }
  for (std::int64_t key = 0; key < keys; ++key, sums += padded) {
    Lanes total[vectors];
    for (std::int64_t v = 0; v < vectors; ++v) total[v] = load(sums + v * laneCount);
    for (std::int64_t row = 0; row < rowsAtOnce; ++row) {
      const float weight = weights[row * stride + key];
      for (std::int64_t v = 0; v < vectors; ++v) total[v] += weight * factors[row][v];
    }
    for (std::int64_t v = 0; v < vectors; ++v) store(sums + v * laneCount, total[v]);
  }
}

// sums[key] += sum over rows of weights[row, key] rows[row].
inline void addOuterProducts(const float* weights, std::int64_t stride, const float* rows,
                             std::int64_t keys, std::int64_t padded, float* sums) {
  overColumns(padded, [=]<std::int64_t vectors>(std::int64_t column) {
    outerChunk<vectors>(weights, stride, rows + column, keys, padded, sums + column);
  });
}

}  // namespace canvass::kernels::CANVASS_VARIANT
