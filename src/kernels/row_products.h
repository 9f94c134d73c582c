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

// rows[j] of a tensor in strips of as many columns as there are lanes, [strips, keys, lanes],
// padded with zeros to whole lanes both ways. A product reads a strip from one end to the other:
// rows of 1 kB would share so few sets of the cache that they drove each other out.
template <typename T>
void gatherRows(const T* tensor, std::int64_t stride, const std::int32_t* rows, std::int64_t keys,
                std::int64_t size, float* out) {
  const std::int64_t paddedKeys = paddedToLanes(keys);
  for (std::int64_t j = 0; j < paddedKeys; ++j, out += laneCount) {
    const std::int64_t there = j < keys ? size : 0;
    const T* from = j < keys ? tensor + rows[j] * stride : nullptr;
    for (std::int64_t i = 0; i < size; i += laneCount) {
      float* to = out + i * paddedKeys;
      if (i + laneCount <= there) {
        store(to, load(from + i));
      } else {
        for (std::int64_t lane = 0; lane < laneCount; ++lane) {
          to[lane] = i + lane < there ? widen(from[i + lane]) : 0.0F;
        }
      }
    }
  }
}

// Keys in strips -> blocks of as many keys as there are lanes, [blocks, size, lanes].
inline void transposeToBlocks(const float* strips, std::int64_t keys, std::int64_t size,
                              float* out) {
  const std::int64_t paddedKeys = paddedToLanes(keys);
  for (std::int64_t block = 0; block < paddedKeys; block += laneCount) {
    for (std::int64_t i = 0; i < size; i += laneCount) {
      const float* square = strips + i * paddedKeys + block * laneCount;
      const std::int64_t columns = size - i < laneCount ? size - i : laneCount;
      for (std::int64_t column = 0; column < columns; ++column, out += laneCount) {
        for (std::int64_t lane = 0; lane < laneCount; ++lane) {
          out[lane] = square[lane * laneCount + column];
        }
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
  overColumns<tileVectors>(keys, [=]<std::int64_t vectors>(std::int64_t key) {
    for (std::int64_t row = 0; row < rowsAtOnce; row += tileRows) {
      dotChunk<vectors>(columns + row, keyBlocks + key * size, size, scores + row * stride + key,
                        stride);
    }
  });
}

template <std::int64_t vectors>
inline void weightedChunk(const float* weights, std::int64_t stride, const float* values,
                          std::int64_t keys, std::int64_t padded, float* out) {
  Lanes sums[tileRows][vectors] = {};
  for (std::int64_t key = 0; key < keys; ++key, values += laneCount) {
    Lanes lanes[vectors];
    for (std::int64_t v = 0; v < vectors; ++v) lanes[v] = load(values + v * stride * laneCount);
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

// out[row] = sum over keys of weights[row, key] values[key]; out has `padded` columns, and so have
// values, in strips of `stride` keys.
inline void weightedSums(const float* weights, std::int64_t stride, const float* values,
                         std::int64_t keys, std::int64_t padded, float* out) {
  overColumns<tileVectors>(padded, [=]<std::int64_t vectors>(std::int64_t column) {
    for (std::int64_t row = 0; row < rowsAtOnce; row += tileRows) {
      weightedChunk<vectors>(weights + row * stride, stride, values + column * stride, keys, padded,
                             out + row * padded + column);
    }
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
  for (std::int64_t key = 0; key < keys; ++key, sums += laneCount) {
    Lanes total[vectors];
    for (std::int64_t v = 0; v < vectors; ++v) total[v] = load(sums + v * stride * laneCount);
    for (std::int64_t row = 0; row < rowsAtOnce; ++row) {
      const float weight = weights[row * stride + key];
      for (std::int64_t v = 0; v < vectors; ++v) total[v] += weight * factors[row][v];
    }
    for (std::int64_t v = 0; v < vectors; ++v) store(sums + v * stride * laneCount, total[v]);
  }
}

// sums[key] += sum over rows of weights[row, key] rows[row]; sums in strips of `stride` keys.
inline void addOuterProducts(const float* weights, std::int64_t stride, const float* rows,
                             std::int64_t keys, std::int64_t padded, float* sums) {
  overColumns<outerVectors>(padded, [=]<std::int64_t vectors>(std::int64_t column) {
    outerChunk<vectors>(weights, stride, rows + column, keys, padded, sums + column * stride);
  });
}

}  // namespace canvass::kernels::CANVASS_VARIANT
