#include "tokenizer/limits.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/list_text.h"
#include "base/utf8.h"

namespace canvass {
namespace {

// Every part has a type, and nothing else in it has. The depth was limited when it was read.
std::size_t countParts(const Json& json) {
  if (!json.is_structured()) return 0;
  std::size_t count = json.is_object() && json.contains("type") ? 1 : 0;
  for (const Json& element : json) count += countParts(element);
  return count;
}

}  // namespace

void requireFewParts(const Json& component, const std::string& where) {
  const std::size_t count = countParts(component);
  if (count <= kMaxTokenizerParts) return;
  throw Error(fmt::format("there are {} parts, more than {}", grouped(count), kMaxTokenizerParts),
              where, "download the tokenizer's files again");
}

void requireFewMarks(std::string_view text) {
  std::size_t marks = 0;
  for (const char32_t c : decodeUtf8(text)) {
    const auto* properties = utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
    marks = properties->combining_class == 0 ? 0 : marks + 1;
    if (marks <= kMaxMarks) continue;
    throw Error(fmt::format("a text has more than {} marks on one letter", grouped(kMaxMarks)));
  }
}

void requireSmallGrowth(std::size_t before, std::size_t after, const std::string& where) {
  const std::size_t limit = kMaxGrowth * before + kMaxGrowthBytes;
  if (after <= limit) return;
  throw Error(fmt::format("a text of {} bytes becomes one of {}, more than {}", grouped(before),
                          grouped(after), grouped(limit)),
              where, "download the tokenizer's files again");
}

}  // namespace canvass
