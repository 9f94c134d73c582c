#include "support/hub_environment.h"

#include <algorithm>
#include <cstdlib>

namespace canvass::test {

HubEnvironment::HubEnvironment() {
  for (const char* name :
       {"HF_TOKEN", "HF_TOKEN_PATH", "HF_HUB_OFFLINE", "HF_ENDPOINT", "HF_HUB_DOWNLOAD_TIMEOUT",
        "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}) {
    ::unsetenv(name);
  }
  set("no_proxy", "*");
  set("HF_HOME", folder_.path());
  set("HF_HUB_CACHE", cache());
  set("CANVASS_MODELS", folder_.path() / "fetched");
}

void HubEnvironment::set(const char* name, const std::string& value) const {
  ::setenv(name, value.c_str(), 1);
}

std::vector<std::string> HubEnvironment::blobs() const {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(model() / "blobs", none)) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace canvass::test
