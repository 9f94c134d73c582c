#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace canvass::gguf {

class Cursor;

// The keys and values at the beginning of a GGUF file. Texts and lists are views of the file, which
// must outlive them. Every accessor throws Error naming the key if it is missing, its value is of
// another kind, or a text is not UTF-8.
class Metadata {
 public:
  Metadata() = default;
  // Reads `count` of them. Throws Error for an empty or repeated key, a kind of value that does not
  // exist, a list inside a list, a whole number that does not fit, and anything past the end.
  Metadata(Cursor& cursor, std::uint64_t count);

  bool has(std::string_view key) const { return values_.contains(key); }
  std::string text(std::string_view key) const;
  bool boolean(std::string_view key) const;
  std::int64_t integer(std::string_view key) const;
  double number(std::string_view key) const;  // whole ones too
  std::vector<std::string_view> texts(std::string_view key) const;
  std::vector<std::int64_t> integers(std::string_view key) const;
  std::vector<double> numbers(std::string_view key) const;
  // Whether the value is a list.
  bool isList(std::string_view key) const;
  // A number, or one for each layer if they are all the same; throws Error otherwise.
  std::int64_t sameForAllLayers(std::string_view key) const;
  // Those that begin with `prefix`.
  std::vector<std::string> keys(std::string_view prefix) const;

  [[noreturn]] void fail(std::string_view key, const std::string& fault) const;

 private:
  using Value = std::variant<bool, std::int64_t, double, std::string_view>;
  // Elements are read when they are asked for.
  struct List {
    std::uint32_t kind;
    std::uint64_t count;
    std::span<const std::byte> bytes;
  };
  using ValueOrList = std::variant<Value, List>;

  static Value readValue(Cursor& cursor, std::uint32_t kind, std::string_view key);
  static List readList(Cursor& cursor, std::string_view key);
  const ValueOrList& find(std::string_view key) const;
  template <typename T>
  const T& scalar(std::string_view key, const char* kind) const;
  template <typename T>
  std::vector<T> list(std::string_view key, const char* kind) const;

  std::map<std::string_view, ValueOrList, std::less<>> values_;
  std::uint32_t version_ = 3;
  std::string where_;
};

}  // namespace canvass::gguf
