// Attention over one branch, forward and backward, by every variant of the kernels that this
// processor runs, side by side: the median of repetitions that take turns, and billions of
// multiply-adds a second, of those that the result needs.
//   cmake --build build/release --target bench_attention && build/release/bench/bench_attention
#include <fmt/format.h>

#include <cstdint>
#include <ctime>
#include <random>
#include <vector>

#include "kernels/kernels.h"
#include "median.h"

namespace canvass {
namespace {

struct Shape {
  std::int64_t heads, keyHeads, headSize, depth, rows;  // `rows` queries below `depth` keys
  std::int64_t window;                                  // 0: a query sees all before it
  float cap = 0.0F;                                     // of scores; 0: none

  // Multiply-adds of the queries with the keys they see, of the shares with the values.
  double products() const {
    double pairs = 0.0;
    for (std::int64_t position = depth; position < depth + rows; ++position) {
      pairs += static_cast<double>(window > 0 ? std::min(position + 1, window) : position + 1);
    }
    return 2.0 * pairs * static_cast<double>(heads * headSize);
  }
};

// SmolLM2-135M's heads under a long and no shared prefix, and MiniLM's; the same work with heads of
// other sizes, where Gemma 3 270M's have 256; a window, and the same without; and Gemma 2 2B's,
// whose scores have a cap, beside the same without.
constexpr Shape shapes[] = {
    {9, 3, 64, 120, 20, 0},  {9, 3, 64, 0, 200, 0},      {12, 12, 64, 0, 64, 0},
    {9, 3, 96, 120, 20, 0},  {9, 3, 128, 120, 20, 0},    {9, 3, 256, 120, 20, 0},
    {4, 1, 256, 100, 30, 0}, {4, 1, 256, 2000, 30, 512}, {4, 1, 256, 482, 30, 0},
    {9, 3, 64, 0, 400, 64},  {8, 4, 256, 120, 20, 0},    {8, 4, 256, 120, 20, 0, 50.0F},
};

std::vector<float> randomNumbers(std::int64_t count) {
  static std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> numbers(static_cast<std::size_t>(count));
  for (float& number : numbers) number = normal(random);
  return numbers;
}

class Branch {
 public:
  explicit Branch(const Shape& shape)
      : shape_(shape),
        query_(randomNumbers(keys() * shape.heads * shape.headSize)),
        key_(randomNumbers(keys() * shape.keyHeads * shape.headSize)),
        value_(randomNumbers(keys() * shape.keyHeads * shape.headSize)),
        output_(query_),
        queryGradient_(query_.size()),
        keyGradient_(key_.size()),
        valueGradient_(value_.size()),
        scratch_(kernels::attentionScratch(keys(), shape.headSize)) {
    for (std::int64_t i = 0; i < keys(); ++i) keyRows_.push_back(static_cast<std::int32_t>(i));
    queryRows_.assign(keyRows_.begin() + shape.depth, keyRows_.end());
  }

  void forward(const kernels::Kernels& variant) {
    for (std::int64_t head = 0; head < shape_.keyHeads; ++head) {
      variant.float32.attend(tensors(head), branch(), output_.data(), scratch_.data());
    }
  }
  void backward(const kernels::Kernels& variant) {
    for (std::int64_t head = 0; head < shape_.keyHeads; ++head) {
      variant.float32.attendBackward(
          tensors(head), branch(),
          {output_.data(), queryGradient_.data(), keyGradient_.data(), valueGradient_.data()},
          scratch_.data());
    }
  }

 private:
  std::int64_t keys() const { return shape_.depth + shape_.rows; }
  kernels::AttentionBranch branch() const {
    return {keyRows_.data(), queryRows_.data(), queryRows_.data(), shape_.rows};
  }
  kernels::AttentionTensors<float> tensors(std::int64_t head) const {
    return {query_.data(),   key_.data(), value_.data(), shape_.heads, shape_.keyHeads,
            shape_.headSize, head,        shape_.window, 0.125F,       shape_.cap};
  }

  Shape shape_;
  std::vector<float> query_, key_, value_, output_, queryGradient_, keyGradient_, valueGradient_,
      scratch_;
  std::vector<std::int32_t> keyRows_, queryRows_;
};

// Of this thread's processor time, which other programs on the machine change little.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

template <typename Action>
double microseconds(Action action) {
  const double start = now();
  action();
  return now() - start;
}

void compare(const Shape& shape) {
  constexpr int repetitions = 101;
  const auto variants = kernels::kernelVariants();
  std::vector<std::vector<double>> forward(variants.size()), backward(variants.size());
  Branch branch(shape);
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    for (std::size_t v = 0; v < variants.size(); ++v) {
      forward[v].push_back(microseconds([&] { branch.forward(*variants[v]); }));
      backward[v].push_back(microseconds([&] { branch.backward(*variants[v]); }));
    }
  }
  fmt::print("{} heads of {}, {} of keys, {} rows below {}{}{}:\n", shape.heads, shape.headSize,
             shape.keyHeads, shape.rows, shape.depth,
             shape.window > 0 ? fmt::format(", window {}", shape.window) : "",
             shape.cap > 0.0F ? fmt::format(", cap {}", shape.cap) : "");
  // The backward pass has five products where the forward pass has two.
  const double products = shape.products() / 1e3;
  for (std::size_t v = 0; v < variants.size(); ++v) {
    const double there = median(forward[v]), back = median(backward[v]);
    fmt::print("  {:<10} forward {:>8.0f} us {:>6.1f}   backward {:>8.0f} us {:>6.1f}\n",
               variants[v]->name, there, products / there, back, 2.5 * products / back);
  }
}

}  // namespace
}  // namespace canvass

int main() {
  for (const canvass::Shape& shape : canvass::shapes) canvass::compare(shape);
}
