#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

namespace canvass {

// Positions [begin, end) in a sequence of elements: bytes of a text, tokens of a prompt.
template <typename Element>
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const { return begin == end; }
  bool overlaps(const Range& other) const { return begin < other.end && other.begin < end; }
  std::string_view of(std::string_view text) const requires std::same_as<Element, char> {
    return text.substr(begin, end - begin);
  }
  bool operator==(const Range&) const = default;
};

using TextRange = Range<char>;

}  // namespace canvass
