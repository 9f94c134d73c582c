#pragma once

#include "kernels/lanes.h"

// The products of eight rows with the keys of a branch, in registers: what attention is made of.
namespace canvass::kernels::CANVASS_VARIANT {

constexpr std::int64_t rowsAtOnce = 8;

// What accumulates at once: rows by vectors, half of the registers. The others hold what is
// multiplied, and these are enough to hide the latency of a multiply-add.
constexpr std::int64_t tileVectors = 2;
constexpr std::int64_t tileRows = registerCount / 2 / tileVectors;
// Outer products hold a factor of each row instead.
constexpr std::int64_t outerVectors = registerCount / 2 / rowsAtOnce;

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

// [keys, size] as gathered -> blocks of as many keys as there are lanes, [blocks, size, lanes].
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

// Calls chunk with the first `count` columns, `most` vectors at a time, then one by one.
template <std::int64_t most, typename Chunk>
inline void overColumns(std::int64_t count, Chunk chunk) {
  std::int64_t column = 0;
  for (; column + most * laneCount <= count; column += most * laneCount) {
    chunk.template operator()<most>(column);
  }
  for (; column < count; column += laneCount) chunk.template operator()<1>(column);
}

template <std::int64_t vectors>
inline void dotChunk(const float* columns, const float* keyBlocks, std::int64_t size, float* scores,
                     std::int64_t stride) {
  Lanes sums[tileRows][vectors] = {};
  for (std::int64_t i = 0; i < size; ++i) {
    Lanes keys[vectors];
    for (std::int64_t v = 0; v < vectors; ++v)
      keys[v] = load(keyBlocks + (v * size + i) * laneCount);
    const float* column = columns + i * rowsAtOnce;
    for (std::int64_t row = 0; row < tileRows; ++row) {
      for (std::int64_t v = 0; v < vectors; ++v) sums[row][v] += column[row] * keys[v];
    }
  }
  for (std::int64_t row = 0; row < tileRows; ++row) {
    for (std::int64_t v = 0; v < vectors; ++v) {
      store(scores + row * stride + v * laneCount, sums[row][v]);
    }
  }
}

// scores[row, key] = row . key for keys in blocks; `stride` floats between rows of scores.
inline void dotProducts(const float* columns, const float* keyBlocks, std::int64_t keys,
                        std::int64_t size, float* scores, std::int64_t stride) {
  for (std::int64_t row = 0; row < rowsAtOnce; row += tileRows) {
    overColumns<tileVectors>(keys, [=]<std::int64_t vectors>(std::int64_t key) {
      dotChunk<vectors>(columns + row, keyBlocks + key * size, size, scores + row * stride + key,
                        stride);
    });
  }
}

template <std::int64_t vectors>
inline void weightedChunk(const float* weights, std::int64_t stride, const float* values,
                          std::int64_t keys, std::int64_t padded, float* out) {
  Lanes sums[tileRows][vectors] = {};
  for (std::int64_t key = 0; key < keys; ++key, values += padded) {
    Lanes lanes[vectors];
    for (std::int64_t v = 0; v < vectors; ++v) lanes[v] = load(values + v * laneCount);
    for (std::int64_t row = 0; row < tileRows; ++row) {
      const float weight = weights[row * stride + key];
      for (std::int64_t v = 0; v < vectors; ++v) sums[row][v] += weight * lanes[v];
    }
  }
  for (std::int64_t row = 0; row < tileRows; ++row) {
    for (std::int64_t v = 0; v < vectors; ++v) {
      store(out + row * padded + v * laneCount, sums[row][v]);
    }
  }
}

// out[row] = sum over keys of weights[row, key] values[key]; values and out have `padded` columns.
inline void weightedSums(const float* weights, std::int64_t stride, const float* values,
                         std::int64_t keys, std::int64_t padded, float* out) {
  for (std::int64_t row = 0; row < rowsAtOnce; row += tileRows) {
    overColumns<tileVectors>(padded, [=]<std::int64_t vectors>(std::int64_t column) {
      weightedChunk<vectors>(weights + row * stride, stride, values + column, keys, padded,
                             out + row * padded + column);
    });
  }
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
  overColumns<outerVectors>(padded, [=]<std::int64_t vectors>(std::int64_t column) {
    outerChunk<vectors>(weights, stride, rows + column, keys, padded, sums + column);
  });
}

}  // namespace canvass::kernels::CANVASS_VARIANT
