#include "base/json_count.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace canvass {

std::size_t requireCount(const Json& object, const char* key, const std::string& where) {
  const auto number = requireKey<std::int64_t>(object, key, where);
  if (number < 0) throw Error(fmt::format("\"{}\" is negative", key), where);
  return static_cast<std::size_t>(number);
}

}  // namespace canvass
