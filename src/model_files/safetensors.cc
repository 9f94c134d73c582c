#include "model_files/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"

static_assert(std::endian::native == std::endian::little, "safetensors data is little-endian");

namespace canvass {
namespace {

constexpr std::size_t lengthBytes = 8;
constexpr std::uint64_t greatestHeader = 100'000'000;

constexpr ElementType elementTypes[] = {
    ElementType::float32, ElementType::float16, ElementType::bfloat16, ElementType::float64,
    ElementType::int64,   ElementType::int32,   ElementType::uint8,    ElementType::boolean};

ElementType parseElementType(const std::string& name, const std::string& where) {
  for (const ElementType type : elementTypes) {
    if (name == elementTypeName(type)) return type;
  }
  throw Error(fmt::format("the element type \"{}\" is not supported", name), where,
              "store the tensor as F32, F16 or BF16");
}

std::uint64_t readOffset(const Json& value, const std::string& where) {
  if (!value.is_number_unsigned()) throw Error("an offset is not a whole number", where);
  return value.get<std::uint64_t>();
}

// Bytes of the shape, or nothing if the product does not fit.
std::uint64_t byteCount(const Json& shape, ElementType type, std::vector<std::int64_t>& sizes,
                        const std::string& where) {
  if (!shape.is_array()) throw Error("\"shape\" must be a list", where);
  std::uint64_t count = blockBytes(type);
  for (const Json& size : shape) {
    if (!size.is_number_unsigned()) throw Error("a size in \"shape\" is not a whole number", where);
    const auto value = size.get<std::uint64_t>();
    if (value > INT64_MAX || __builtin_mul_overflow(count, value, &count)) {
      throw Error("the shape is too large", where);
    }
    sizes.push_back(static_cast<std::int64_t>(value));
  }
  return count;
}

struct Entry {
  std::string name;
  StoredTensor tensor;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

Entry parseEntry(const std::string& name, const Json& description, const std::string& file) {
  const std::string where = fmt::format("{}, tensor \"{}\"", file, name);
  Entry entry{name, {}, 0, 0};
  entry.tensor.type = parseElementType(requireKey<std::string>(description, "dtype", where), where);
  if (!description.contains("shape")) throw Error("the key \"shape\" is missing", where);
  const auto bytes = byteCount(description["shape"], entry.tensor.type, entry.tensor.shape, where);
  const auto offsets = description.find("data_offsets");
  if (offsets == description.end() || !offsets->is_array() || offsets->size() != 2) {
    throw Error("\"data_offsets\" must be two numbers", where);
  }
  entry.begin = readOffset((*offsets)[0], where);
  entry.end = readOffset((*offsets)[1], where);
  if (entry.end < entry.begin) throw Error("the tensor ends before it starts", where);
  if (entry.end - entry.begin != bytes) {
    throw Error(fmt::format("the shape needs {} bytes, the offsets give {}", bytes,
                            entry.end - entry.begin),
                where);
  }
  return entry;
}

// Tensors must follow each other without holes or overlaps and fill the file.
void checkLayout(std::vector<Entry>& entries, std::uint64_t dataSize, const std::string& file) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  std::uint64_t position = 0;
  for (const Entry& entry : entries) {
    if (entry.begin != position) {
      throw Error(fmt::format("tensor \"{}\" starts at {}, but {} was expected", entry.name,
                              entry.begin, position),
                  file, "the file is damaged");
    }
    position = entry.end;
  }
  if (position != dataSize) {
    throw Error(fmt::format("the tensors end at {} of {} data bytes", position, dataSize), file,
                "the file is cut off or has trailing bytes; download it again");
  }
}

std::map<std::string, std::string> parseMetadata(const Json& object, const std::string& where) {
  std::map<std::string, std::string> metadata;
  if (!object.is_object()) throw Error("\"__metadata__\" must be an object", where);
  for (const auto& [key, value] : object.items()) {
    if (!value.is_string()) throw Error("\"__metadata__\" may hold only strings", where);
    metadata[key] = value.get<std::string>();
  }
  return metadata;
}

std::string_view headerText(std::span<const std::byte> bytes, const std::string& file) {
  if (bytes.size() < lengthBytes) {
    throw Error("the file is shorter than a safetensors header", file);
  }
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), lengthBytes);
  if (length > greatestHeader) {
    throw Error(fmt::format("the header claims {} bytes", length), file,
                "this is not a safetensors file");
  }
  if (length > bytes.size() - lengthBytes) {
    throw Error("the header runs past the end of the file", file, "download the file again");
  }
  return {reinterpret_cast<const char*>(bytes.data()) + lengthBytes, length};
}

}  // namespace

SafetensorsFile::SafetensorsFile(const ModelFiles& files, const std::string& name) {
  const auto file = files.map(name);
  const std::string where = files.describe(name);
  const auto header = headerText(file->bytes(), where);
  const auto data = file->bytes().subspan(lengthBytes + header.size());
  const Json json = parseJson(header, where + ", header");
  if (!json.is_object()) throw Error("the header must be a JSON object", where);
  std::vector<Entry> entries;
  for (const auto& [tensor, description] : json.items()) {
    if (tensor == "__metadata__") {
      metadata_ = parseMetadata(description, where);
    } else {
      entries.push_back(parseEntry(tensor, description, where));
    }
  }
  checkLayout(entries, data.size(), where);
  for (Entry& entry : entries) {
    entry.tensor.bytes = data.subspan(entry.begin, entry.end - entry.begin);
    entry.tensor.file = file;
    tensors_.emplace(std::move(entry.name), std::move(entry.tensor));
  }
}

void writeSafetensors(const std::filesystem::path& path,
                      const std::map<std::string, StoredTensor>& tensors,
                      const std::map<std::string, std::string>& metadata) {
  Json header = Json::object();
  if (!metadata.empty()) header["__metadata__"] = metadata;
  std::uint64_t position = 0;
  for (const auto& [name, tensor] : tensors) {
    header[name] = {{"dtype", elementTypeName(tensor.type)},
                    {"shape", tensor.shape},
                    {"data_offsets", {position, position + tensor.bytes.size()}}};
    position += tensor.bytes.size();
  }
  std::string text = jsonText(header);
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const std::uint64_t length = text.size();
  AtomicFile file(path);
  file.write(std::as_bytes(std::span(&length, 1)));
  file.write(text);
  for (const auto& [name, tensor] : tensors) file.write(tensor.bytes);
  file.commit();
}

}  // namespace canvass
