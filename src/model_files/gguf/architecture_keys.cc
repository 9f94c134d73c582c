#include "model_files/gguf/architecture_keys.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "base/error.h"

namespace canvass::gguf {

double ArchitectureKeys::number(const std::string& key) {
  const auto value = static_cast<float>(metadata_.number(mark(key)));
  return std::stod(fmt::format("{}", value));
}

void ArchitectureKeys::require(const std::string& key, std::int64_t value) {
  if (has(key) && integer(key) != value) {
    fail(key, fmt::format("{} is not implemented, only {}", integer(key), value));
  }
}

void ArchitectureKeys::requireAllRead(const std::string& where) const {
  std::vector<std::string> unread;
  for (const std::string& key : metadata_.keys(prefix_)) {
    if (!read_.contains(key)) unread.push_back(key);
  }
  if (!unread.empty()) {
    throw Error(fmt::format("the keys {} are not understood", fmt::join(unread, ", ")), where,
                "they may change what the model computes");
  }
}

}  // namespace canvass::gguf
