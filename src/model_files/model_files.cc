#include "model_files/model_files.h"

#include <nlohmann/json.hpp>

#include "base/file.h"

namespace canvass {

const Json& ModelFiles::json(const std::string& name) const {
  const std::lock_guard lock(parsing_);
  std::shared_ptr<const Json>& parsed = parsed_[name];
  if (!parsed) parsed = std::make_shared<const Json>(parseJson(read(name), describe(name)));
  return *parsed;
}

std::string ModelFiles::sha256Of(const std::string& name) const {
  const auto file = map(name);
  return sha256(file->bytes(), [&](std::span<const std::byte> part) { file->letGo(part); });
}

}  // namespace canvass
