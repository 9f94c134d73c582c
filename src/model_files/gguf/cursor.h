#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace canvass::gguf {

// Reads little-endian values one after the other and never past the end of the file.
class Cursor {
 public:
  // `where`: the file, for messages.
  Cursor(std::span<const std::byte> bytes, std::string where)
      : bytes_(bytes), where_(std::move(where)) {}

  // Throws Error if there are fewer bytes left.
  std::span<const std::byte> take(std::uint64_t count) {
    if (count > bytes_.size() - position_) {
      throw Error(fmt::format("the file ends inside its header, at byte {}", bytes_.size()), where_,
                  "it is cut off or damaged; download it again");
    }
    const auto taken = bytes_.subspan(position_, count);
    position_ += count;
    return taken;
  }

  template <typename T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }

  // A length or a count: of 4 bytes in the first version of the format, of 8 since.
  std::uint64_t count() {
    return version_ == 1 ? number<std::uint32_t>() : number<std::uint64_t>();
  }
  std::string_view text() {
    const auto bytes = take(count());
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  std::uint32_t version() const { return version_; }
  void setVersion(std::uint32_t version) { version_ = version; }
  std::size_t position() const { return position_; }
  const std::string& where() const { return where_; }

 private:
  std::span<const std::byte> bytes_;
  std::string where_;
  std::size_t position_ = 0;
  std::uint32_t version_ = 3;
};

}  // namespace canvass::gguf
