#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace canvass {

// A stream of random numbers that is the same on every machine for the same seed and name. Each use
// has a stream with its own name ("split cells", "dropout"), so that adding one use does not
// change the numbers of another. Not safe to share between threads.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::string_view name);

  std::uint64_t bits() { return engine_(); }
  // Uniform in [0, 1), 53 random bits.
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
  // Uniform over 0 .. bound-1, without bias; `bound` must be at least 1.
  std::uint64_t below(std::uint64_t bound);
  // Standard normal (Box-Muller).
  double normal();

  // The state of the stream, as text, and the stream that continues from there. Throws Error at
  // `where` if the text is not such a state.
  std::string state() const;
  static RandomStream fromState(const std::string& state, const std::string& where);

  // Fisher-Yates.
  template <typename T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace canvass
