#pragma once

#include <algorithm>
#include <vector>

namespace canvass {

inline double median(std::vector<double> numbers) {
  std::ranges::sort(numbers);
  return numbers[numbers.size() / 2];
}

}  // namespace canvass
