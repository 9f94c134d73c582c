#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace canvass::test {

// Puts a GGUF file together, byte by byte, as its specification describes it.
class GgufBuilder {
 public:
  std::uint32_t version = 3;
  std::uint64_t alignment = 32;

  GgufBuilder& text(std::string_view key, std::string_view value) {
    return add(key, 8, lengthAndBytes(value));
  }
  GgufBuilder& integer(std::string_view key, std::uint32_t value) {
    return add(key, 4, raw(value));
  }
  GgufBuilder& number(std::string_view key, float value) { return add(key, 6, raw(value)); }
  GgufBuilder& boolean(std::string_view key, bool value) {
    return add(key, 7, raw(static_cast<std::uint8_t>(value)));
  }
  GgufBuilder& texts(std::string_view key, const std::vector<std::string>& values) {
    std::string bytes = listHead(8, values.size());
    for (const std::string& value : values) bytes += lengthAndBytes(value);
    return add(key, 9, bytes);
  }
  GgufBuilder& integers(std::string_view key, const std::vector<std::int32_t>& values) {
    std::string bytes = listHead(5, values.size());
    for (const std::int32_t value : values) bytes += raw(value);
    return add(key, 9, bytes);
  }
  GgufBuilder& numbers(std::string_view key, const std::vector<float>& values) {
    std::string bytes = listHead(6, values.size());
    for (const float value : values) bytes += raw(value);
    return add(key, 9, bytes);
  }
  // A value of any kind, given as its bytes.
  GgufBuilder& add(std::string_view key, std::uint32_t kind, const std::string& value) {
    values_ += lengthAndBytes(key) + raw(kind) + value;
    ++valueCount_;
    return *this;
  }
  std::string listHead(std::uint32_t kind, std::uint64_t count) const {
    return raw(kind) + length(count);
  }

  // `shape` row-major; `type` by its number in the file.
  GgufBuilder& tensor(std::string_view name, const std::vector<std::uint64_t>& shape,
                      std::uint32_t type, const std::string& bytes) {
    tensors_ += lengthAndBytes(name) + raw(static_cast<std::uint32_t>(shape.size()));
    for (auto size = shape.rbegin(); size != shape.rend(); ++size) tensors_ += length(*size);
    tensors_ += raw(type) + raw(static_cast<std::uint64_t>(data_.size()));
    data_ += bytes;
    data_.resize((data_.size() + alignment - 1) / alignment * alignment);
    ++tensorCount_;
    return *this;
  }
  GgufBuilder& tensor(std::string_view name, const std::vector<std::uint64_t>& shape,
                      const std::vector<float>& values) {
    std::string bytes;
    for (const float value : values) bytes += raw(value);
    return tensor(name, shape, 0, bytes);
  }

  // Everything before the tensors' numbers.
  std::string header() const {
    return "GGUF" + raw(version) + length(tensorCount_) + length(valueCount_) + values_ + tensors_;
  }
  std::string build() const {
    std::string file = header();
    if (!data_.empty()) file.resize((file.size() + alignment - 1) / alignment * alignment);
    return file + data_;
  }

  template <typename T>
  static std::string raw(T value) {
    std::string bytes(sizeof(T), '\0');
    std::memcpy(bytes.data(), &value, sizeof(T));
    return bytes;
  }

 private:
  std::string length(std::uint64_t value) const {
    return version == 1 ? raw(static_cast<std::uint32_t>(value)) : raw(value);
  }
  std::string lengthAndBytes(std::string_view text) const {
    return length(text.size()) + std::string(text);
  }

  std::string values_, tensors_, data_;
  std::uint64_t valueCount_ = 0, tensorCount_ = 0;
};

}  // namespace canvass::test
