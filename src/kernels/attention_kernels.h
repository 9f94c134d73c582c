#pragma once

#include "kernels/row_products.h"

// Attention over one branch of a tree. The branch's keys are brought together once, in blocks of
// as many as there are lanes, so that one load of keys serves eight rows; a row is one query of one
// head, and all query heads that share a head of keys are adjacent rows.
namespace canvass::kernels::CANVASS_VARIANT {

// Hands out pieces of the scratch memory.
class Scratch {
 public:
  explicit Scratch(float* memory) : next_(memory) {}
  float* take(std::int64_t count) {
    float* piece = next_;
    next_ += count;
    return piece;
  }

 private:
  float* next_;
};

// Eight rows, [size, 8] so that the eight values of a column lie together, and [8, padded].
struct RowBlock {
  float* columns;
  float* rows;
};

// The first key that a query at `position` sees, itself and window-1 before it; window 0: all.
inline std::int64_t firstSeen(std::int64_t position, std::int64_t window) {
  return window > 0 && position >= window ? position - window + 1 : 0;
}

// Turns the scores of eight rows into tanh(score * scale), in place.
inline void boundScores(float* scores, std::int64_t stride, std::int64_t keys, float scale) {
  for (std::int64_t row = 0; row < rowsAtOnce; ++row, scores += stride) {
    for (std::int64_t key = 0; key < keys; key += laneCount) {
      store(scores + key, hyperbolicTangent(load(scores + key) * scale));
    }
  }
}

// Turns the scores of one row into shares, in place: softmax over the keys first..last of scale
// times the scores, 0 for the others up to `keys`, in whole lanes.
inline void softmaxRow(float* scores, std::int64_t first, std::int64_t last, std::int64_t keys,
                       float scale) {
  constexpr float hidden = -__builtin_inff();
  for (std::int64_t key = 0; key < first; ++key) scores[key] = hidden;
  for (std::int64_t key = last + 1; key < keys; ++key) scores[key] = hidden;
  Lanes most = fill(hidden);
  for (std::int64_t key = 0; key < keys; key += laneCount) {
    most = greater(most, load(scores + key));
  }
  const float top = greatest(most);
  Lanes total = zeros();
  for (std::int64_t key = 0; key < keys; key += laneCount) {
    const Lanes weight = exponential((load(scores + key) - top) * scale);
    store(scores + key, weight);
    total += weight;
  }
  const float inverse = 1.0F / sum(total);
  for (std::int64_t key = 0; key < keys; key += laneCount) {
    store(scores + key, load(scores + key) * inverse);
  }
}

// A run of keys.
struct KeyRange {
  std::int64_t first;
  std::int64_t count;
};

// The rows of one branch and head, processed eight at a time. Keys, and the positions of rows, are
// counted from the first key that any row of the branch sees: with a window, no other is read.
template <typename T>
struct BranchRows {
  const AttentionTensors<T>& tensors;
  const AttentionBranch& branch;
  std::int64_t start =
      branch.queryCount == 0 ? 0 : firstSeen(branch.queryPositions[0], tensors.window);
  std::int64_t keys =
      branch.queryCount == 0 ? 0 : branch.queryPositions[branch.queryCount - 1] + 1 - start;
  const std::int32_t* keyRows = branch.keyRows + start;
  std::int64_t group = tensors.heads / tensors.keyHeads;
  std::int64_t count = branch.queryCount * group;
  std::int64_t padded = paddedToLanes(tensors.headSize);

  // Where row r lies in a tensor of queries.
  std::int64_t offset(std::int64_t r) const {
    const std::int64_t query = branch.queryRows[r / group];
    return (query * tensors.heads + tensors.head * group + r % group) * tensors.headSize;
  }
  std::int64_t position(std::int64_t r) const { return branch.queryPositions[r / group] - start; }
  std::int64_t blockRows(std::int64_t first) const {
    return count - first < rowsAtOnce ? count - first : rowsAtOnce;
  }
  // The keys that the rows from `first` on may see, in whole lanes.
  KeyRange blockKeys(std::int64_t first) const {
    const std::int64_t from = firstSeen(position(first), tensors.window) / laneCount * laneCount;
    return {from, paddedToLanes(position(first + blockRows(first) - 1) + 1) - from};
  }

  // Rows first.. of a tensor of queries in both forms; missing rows are zeros.
  void take(const T* tensor, std::int64_t first, const RowBlock& block) const {
    for (std::int64_t row = 0; row < rowsAtOnce; ++row) {
      const bool there = row < blockRows(first);
      const T* from = there ? tensor + offset(first + row) : nullptr;
      for (std::int64_t i = 0; i < padded; ++i) {
        const float value = there && i < tensors.headSize ? widen(from[i]) : 0.0F;
        block.rows[row * padded + i] = value;
        if (i < tensors.headSize) block.columns[i * rowsAtOnce + row] = value;
      }
    }
  }
  void put(const float* rows, std::int64_t first, T* tensor) const {
    for (std::int64_t row = 0; row < blockRows(first); ++row) {
      T* to = tensor + offset(first + row);
      for (std::int64_t i = 0; i < tensors.headSize; ++i) narrow(rows[row * padded + i], to + i);
    }
  }

  // With a cap c, softmax takes c times tanh(score * scale / c).
  bool capped() const { return tensors.cap > 0.0F; }
  float boundScale() const { return tensors.scale / tensors.cap; }
  // Scores of the rows from `first` on with the keys of its block, bounded if there is a cap, to
  // shares.
  void shares(std::int64_t first, float* scores, std::int64_t stride) const {
    const KeyRange block = blockKeys(first);
    const float scale = capped() ? tensors.cap : tensors.scale;
    for (std::int64_t row = 0; row < rowsAtOnce; ++row) {
      const std::int64_t last = position(first + (row < blockRows(first) ? row : 0));
      softmaxRow(scores + row * stride, firstSeen(last, tensors.window) - block.first,
                 last - block.first, block.count, scale);
    }
  }
};

template <typename T>
void attend(const AttentionTensors<T>& tensors, const AttentionBranch& branch, T* output,
            float* memory) {
  const BranchRows<T> rows{tensors, branch};
  const std::int64_t stride = paddedToLanes(rows.keys);
  const std::int64_t size = tensors.headSize;
  const std::int64_t keyStride = tensors.keyHeads * size;
  Scratch scratch(memory);
  float* gathered = scratch.take(stride * rows.padded);
  float* keyBlocks = scratch.take(stride * rows.padded);
  const RowBlock block{scratch.take(rowsAtOnce * rows.padded),
                       scratch.take(rowsAtOnce * rows.padded)};
  float* scores = scratch.take(rowsAtOnce * stride);
  const std::int64_t headStart = tensors.head * size;
  gatherRows(tensors.key + headStart, keyStride, rows.keyRows, rows.keys, size, gathered);
  transposeToBlocks(gathered, rows.keys, size, keyBlocks);
  gatherRows(tensors.value + headStart, keyStride, rows.keyRows, rows.keys, size, gathered);
  for (std::int64_t first = 0; first < rows.count; first += rowsAtOnce) {
    const KeyRange seen = rows.blockKeys(first);
    rows.take(tensors.query, first, block);
    dotProducts(block.columns, keyBlocks + seen.first * size, seen.count, size, scores, stride);
    if (rows.capped()) boundScores(scores, stride, seen.count, rows.boundScale());
    rows.shares(first, scores, stride);
    weightedSums(scores, stride, gathered + seen.first * laneCount, seen.count, rows.padded,
                 block.rows);
    rows.put(block.rows, first, output);
  }
}

// How fast c tanh(score * scale / c) grows with the score where the tanh is t: (1 - t^2) scale.
inline void boundSlopes(const float* bounded, std::int64_t stride, std::int64_t keys, float scale,
                        float* slopes) {
  for (std::int64_t row = 0; row < rowsAtOnce; ++row, bounded += stride, slopes += stride) {
    for (std::int64_t key = 0; key < keys; key += laneCount) {
      const Lanes t = load(bounded + key);
      store(slopes + key, (1.0F - t * t) * scale);
    }
  }
}

// dS = P (dP - sum P dP) slope, in place of dP, for eight rows.
inline void softmaxBackward(const float* shares, const float* slopes, float* gradient,
                            std::int64_t stride, std::int64_t keys) {
  for (std::int64_t row = 0; row < rowsAtOnce; ++row) {
    Lanes total = zeros();
    for (std::int64_t key = 0; key < keys; key += laneCount) {
      total += load(shares + key) * load(gradient + key);
    }
    const float mean = sum(total);
    for (std::int64_t key = 0; key < keys; key += laneCount) {
      const Lanes change = load(shares + key) * (load(gradient + key) - mean);
      store(gradient + key, change * load(slopes + key));
    }
    shares += stride;
    slopes += stride;
    gradient += stride;
  }
}

// tensor[rows[j]] += sums[j], which are in strips.
inline void scatterAdd(const float* sums, const std::int32_t* rows, std::int64_t keys,
                       std::int64_t size, std::int64_t stride, float* tensor) {
  const std::int64_t paddedKeys = paddedToLanes(keys);
  for (std::int64_t j = 0; j < keys; ++j, sums += laneCount) {
    float* to = tensor + rows[j] * stride;
    overLanes(
        size, [=](std::int64_t i) { store(to + i, load(to + i) + load(sums + i * paddedKeys)); },
        [=](std::int64_t i) {
          to[i] += sums[i / laneCount * laneCount * paddedKeys + i % laneCount];
        });
  }
}

template <typename T>
void attendBackward(const AttentionTensors<T>& tensors, const AttentionBranch& branch,
                    const AttentionGradients<T>& gradients, float* memory) {
  const BranchRows<T> rows{tensors, branch};
  const std::int64_t stride = paddedToLanes(rows.keys);
  const std::int64_t size = tensors.headSize;
  const std::int64_t keyStride = tensors.keyHeads * size;
  Scratch scratch(memory);
  float* keyRows = scratch.take(stride * rows.padded);
  float* keyBlocks = scratch.take(stride * rows.padded);
  float* valueBlocks = scratch.take(stride * rows.padded);
  float* keySums = scratch.take(stride * rows.padded);
  float* valueSums = scratch.take(stride * rows.padded);
  const RowBlock query{scratch.take(rowsAtOnce * rows.padded),
                       scratch.take(rowsAtOnce * rows.padded)};
  const RowBlock output{scratch.take(rowsAtOnce * rows.padded),
                        scratch.take(rowsAtOnce * rows.padded)};
  float* shares = scratch.take(rowsAtOnce * stride);
  float* change = scratch.take(rowsAtOnce * stride);
  float* slopes = scratch.take(rowsAtOnce * stride);
  const std::int64_t headStart = tensors.head * size;
  gatherRows(tensors.value + headStart, keyStride, rows.keyRows, rows.keys, size, keyRows);
  transposeToBlocks(keyRows, rows.keys, size, valueBlocks);
  gatherRows(tensors.key + headStart, keyStride, rows.keyRows, rows.keys, size, keyRows);
  transposeToBlocks(keyRows, rows.keys, size, keyBlocks);
  for (std::int64_t i = 0; i < stride * rows.padded; ++i) keySums[i] = valueSums[i] = 0.0F;
  for (std::int64_t i = 0; i < rowsAtOnce * stride; ++i) slopes[i] = tensors.scale;
  for (std::int64_t first = 0; first < rows.count; first += rowsAtOnce) {
    const KeyRange seen = rows.blockKeys(first);
    const std::int64_t strip = seen.first * laneCount;
    const std::int64_t block = seen.first * size;
    rows.take(tensors.query, first, query);
    rows.take(gradients.output, first, output);
    dotProducts(query.columns, keyBlocks + block, seen.count, size, shares, stride);
    if (rows.capped()) {
      boundScores(shares, stride, seen.count, rows.boundScale());
      boundSlopes(shares, stride, seen.count, tensors.scale, slopes);
    }
    rows.shares(first, shares, stride);
    dotProducts(output.columns, valueBlocks + block, seen.count, size, change, stride);
    softmaxBackward(shares, slopes, change, stride, seen.count);
    addOuterProducts(shares, stride, output.rows, seen.count, rows.padded, valueSums + strip);
    addOuterProducts(change, stride, query.rows, seen.count, rows.padded, keySums + strip);
    weightedSums(change, stride, keyRows + strip, seen.count, rows.padded, query.rows);
    rows.put(query.rows, first, gradients.query);
  }
  scatterAdd(keySums, rows.keyRows, rows.keys, size, keyStride, gradients.key + headStart);
  scatterAdd(valueSums, rows.keyRows, rows.keys, size, keyStride, gradients.value + headStart);
}

}  // namespace canvass::kernels::CANVASS_VARIANT
