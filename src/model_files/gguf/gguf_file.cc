#include "model_files/gguf/gguf_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "base/error.h"
#include "model_files/gguf/cursor.h"

static_assert(std::endian::native == std::endian::little, "GGUF data is little-endian");

namespace canvass::gguf {
namespace {

constexpr std::string_view magic = "GGUF";
constexpr std::uint32_t newestVersion = 3;
constexpr std::uint32_t maxDimensions = 4;

// By their number in the file. The types that are missing are not supported.
struct TensorType {
  std::uint32_t number;
  ElementType type;
};

constexpr TensorType tensorTypes[] = {
    {0, ElementType::float32},   {1, ElementType::float16}, {2, ElementType::q4_0},
    {3, ElementType::q4_1},      {6, ElementType::q5_0},    {7, ElementType::q5_1},
    {8, ElementType::q8_0},      {10, ElementType::q2_k},   {11, ElementType::q3_k},
    {12, ElementType::q4_k},     {13, ElementType::q5_k},   {14, ElementType::q6_k},
    {26, ElementType::int32},    {27, ElementType::int64},  {28, ElementType::float64},
    {30, ElementType::bfloat16},
};

// Names of types that are not supported, for messages.
struct OtherType {
  std::uint32_t number;
  const char* name;
};

constexpr OtherType otherTypes[] = {
    {9, "Q8_1"},    {15, "Q8_K"},  {16, "IQ2_XXS"}, {17, "IQ2_XS"}, {18, "IQ3_XXS"}, {19, "IQ1_S"},
    {20, "IQ4_NL"}, {21, "IQ3_S"}, {22, "IQ2_S"},   {23, "IQ4_XS"}, {24, "I8"},      {25, "I16"},
    {29, "IQ1_M"},  {34, "TQ1_0"}, {35, "TQ2_0"},   {39, "MXFP4"},
};

std::string nameOfOther(std::uint32_t number) {
  for (const OtherType& type : otherTypes) {
    if (type.number == number) return type.name;
  }
  return fmt::format("number {}", number);
}

ElementType typeOf(std::uint32_t number, const std::string& where) {
  for (const TensorType& type : tensorTypes) {
    if (type.number == number) return type.type;
  }
  throw Error(fmt::format("the tensor type {} is not supported", nameOfOther(number)), where,
              "use a file in F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0 or Q2_K to Q6_K");
}

void checkVersion(Cursor& cursor) {
  const auto version = cursor.number<std::uint32_t>();
  if (version >= 1 && version <= newestVersion) return cursor.setVersion(version);
  if (__builtin_bswap32(version) <= newestVersion && version != 0) {
    throw Error("the file is big-endian", cursor.where(), "use the little-endian file");
  }
  throw Error(
      fmt::format("version {} of the format is not known (known: 1 to {})", version, newestVersion),
      cursor.where());
}

struct TensorEntry {
  std::string name;
  StoredTensor tensor;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

// Of a tensor with this shape, row-major.
std::uint64_t bytesOf(const std::vector<std::int64_t>& shape, ElementType type,
                      const std::string& where) {
  const std::uint64_t block = blockElements(type);
  if (!shape.empty() && static_cast<std::uint64_t>(shape.back()) % block != 0) {
    throw Error(fmt::format("its rows have {} numbers, which is not a multiple of {}'s block of {}",
                            shape.back(), elementTypeName(type), block),
                where);
  }
  std::uint64_t count = 1;
  for (const std::int64_t size : shape) {
    if (__builtin_mul_overflow(count, static_cast<std::uint64_t>(size), &count)) {
      throw Error("the shape is too large", where);
    }
  }
  std::uint64_t bytes = 0;
  if (__builtin_mul_overflow(count / block, blockBytes(type), &bytes)) {
    throw Error("the shape is too large", where);
  }
  return bytes;
}

std::vector<std::int64_t> readShape(Cursor& cursor, const std::string& where) {
  const auto dimensions = cursor.number<std::uint32_t>();
  if (dimensions > maxDimensions) {
    throw Error(fmt::format("it has {} dimensions, more than {}", dimensions, maxDimensions),
                where);
  }
  std::vector<std::int64_t> shape;
  for (std::uint32_t i = 0; i < dimensions; ++i) {
    const std::uint64_t size = cursor.count();
    if (size == 0 || size > INT64_MAX) {
      throw Error(fmt::format("a dimension of {} is not possible", size), where);
    }
    shape.push_back(static_cast<std::int64_t>(size));
  }
  std::reverse(shape.begin(), shape.end());
  return shape;
}

TensorEntry readTensorEntry(Cursor& cursor) {
  TensorEntry entry;
  entry.name = cursor.text();
  const std::string where = fmt::format("{}, tensor \"{}\"", cursor.where(), entry.name);
  entry.tensor.shape = readShape(cursor, where);
  entry.tensor.type = typeOf(cursor.number<std::uint32_t>(), where);
  entry.offset = cursor.number<std::uint64_t>();
  entry.size = bytesOf(entry.tensor.shape, entry.tensor.type, where);
  return entry;
}

std::uint64_t alignmentOf(const Metadata& metadata) {
  constexpr const char* key = "general.alignment";
  if (!metadata.has(key)) return 32;
  const std::int64_t value = metadata.integer(key);
  if (value <= 0 || value > UINT32_MAX || !std::has_single_bit(static_cast<std::uint64_t>(value))) {
    metadata.fail(key, fmt::format("{} is not a power of 2", value));
  }
  return static_cast<std::uint64_t>(value);
}

std::uint64_t padded(std::uint64_t size, std::uint64_t alignment) {
  return (size + alignment - 1) / alignment * alignment;
}

// Gives each tensor its bytes. Sizes are below the file's: sums do not overflow.
void placeTensors(std::vector<TensorEntry>& entries, std::span<const std::byte> data,
                  std::uint64_t alignment, const std::string& where) {
  std::uint64_t expected = 0;
  for (TensorEntry& entry : entries) {
    if (entry.offset != expected) {
      throw Error(fmt::format("tensor \"{}\" starts at {}, but {} was expected", entry.name,
                              entry.offset, expected),
                  where, "the file is damaged; download it again");
    }
    if (entry.offset > data.size() || entry.size > data.size() - entry.offset) {
      throw Error(fmt::format("tensor \"{}\" runs past the end of the file", entry.name), where,
                  "it is cut off; download it again");
    }
    entry.tensor.bytes = data.subspan(entry.offset, entry.size);
    expected = padded(entry.offset + entry.size, alignment);
  }
}

}  // namespace

GgufFile::GgufFile(const ModelFiles& files, const std::string& name) : file_(files.map(name)) {
  const std::string where = files.describe(name);
  const auto bytes = file_->bytes();
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!text.starts_with(magic)) {
    throw Error("this is not a GGUF file", where);
  }
  Cursor cursor(bytes, where);
  cursor.take(magic.size());
  checkVersion(cursor);
  const std::uint64_t tensorCount = cursor.count();
  metadata_ = Metadata(cursor, cursor.count());
  std::vector<TensorEntry> entries;  // grows as they are read: the count may be any number
  for (std::uint64_t i = 0; i < tensorCount; ++i) entries.push_back(readTensorEntry(cursor));
  const std::uint64_t alignment = alignmentOf(metadata_);
  const std::uint64_t begin = padded(cursor.position(), alignment);
  placeTensors(entries, bytes.subspan(std::min<std::uint64_t>(begin, bytes.size())), alignment,
               where);
  for (TensorEntry& entry : entries) {
    entry.tensor.file = file_;
    if (!tensors_.emplace(entry.name, std::move(entry.tensor)).second) {
      throw Error(fmt::format("the tensor \"{}\" is there twice", entry.name), where);
    }
  }
}

}  // namespace canvass::gguf
