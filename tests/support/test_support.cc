#include "support/test_support.h"

#include <cstdlib>
#include <fstream>

#include "base/error.h"

namespace canvass::test {

std::filesystem::path sourceFolder() { return CANVASS_SOURCE_DIR; }

std::filesystem::path miniLmFolder() { return fetchedModel("all-minilm-l6-v2"); }

std::filesystem::path fetchedModel(const std::string& file) {
  if (const char* folder = std::getenv("CANVASS_MODELS"))
    return std::filesystem::path(folder) / file;
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  const std::filesystem::path caches =
      cache != nullptr ? cache : std::filesystem::path(home != nullptr ? home : "/") / ".cache";
  return caches / "canvass" / "models" / file;
}

std::filesystem::path sharedDataFolder() {
  return sourceFolder().parent_path() / "shared" / "data";
}

std::filesystem::path TemporaryFolder::write(std::string_view name,
                                             std::string_view content) const {
  const auto path = *this / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

std::string errorOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  ADD_FAILURE() << "no canvass::Error was thrown";
  return {};
}

}  // namespace canvass::test
