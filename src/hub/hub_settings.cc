#include "hub/hub_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/error.h"
#include "base/file.h"
#include "text/lines.h"

namespace canvass {
namespace {

constexpr long usualStallSeconds = 30;
constexpr const char* blanks = " \t\r\n";

// Empty if it is not set.
std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::filesystem::path homeFolder() {
  const std::string home = variable("HOME");
  return home.empty() ? "/" : home;
}

std::filesystem::path pathOf(const std::string& text) {
  return text.starts_with("~/") ? homeFolder() / text.substr(2) : std::filesystem::path(text);
}

std::filesystem::path cachesFolder() {
  const std::string caches = variable("XDG_CACHE_HOME");
  return caches.empty() ? homeFolder() / ".cache" : pathOf(caches);
}

// Where it is from, for messages, and what it is.
struct FoundToken {
  std::string source;
  std::string text;
};

FoundToken findToken() {
  const std::string token(trimmed(variable("HF_TOKEN"), blanks));
  if (!token.empty()) return {"HF_TOKEN", token};
  const std::string given = variable("HF_TOKEN_PATH");
  const auto file = given.empty() ? hubHomeFolder() / "token" : pathOf(given);
  std::error_code unreadable;
  if (!std::filesystem::is_regular_file(file, unreadable)) return {};
  return {file.string(), std::string(trimmed(readFile(file), blanks))};
}

}  // namespace

std::filesystem::path hubHomeFolder() {
  if (const std::string home = variable("HF_HOME"); !home.empty()) return pathOf(home);
  return cachesFolder() / "huggingface";
}

std::filesystem::path hubCacheFolder() {
  const std::string cache = variable("HF_HUB_CACHE");
  return cache.empty() ? hubHomeFolder() / "hub" : pathOf(cache);
}

std::string hubEndpoint() {
  std::string endpoint = variable("HF_ENDPOINT");
  if (endpoint.empty()) return "https://huggingface.co";
  while (endpoint.ends_with('/')) endpoint.pop_back();
  return endpoint;
}

bool hubIsOffline() {
  const std::string value = asciiLowerCase(variable("HF_HUB_OFFLINE"));
  return value == "1" || value == "true" || value == "yes" || value == "on";
}

std::string hubToken() {
  const FoundToken found = findToken();
  // A line break would begin another header of the request.
  const bool plain = std::ranges::all_of(found.text, [](char c) { return c > ' ' && c < '\x7f'; });
  if (!plain) {
    throw Error("the access token has characters that no token has", found.source,
                "copy it again from the settings of your account");
  }
  return found.text;
}

long hubStallSeconds() {
  const std::string text = variable("HF_HUB_DOWNLOAD_TIMEOUT");
  if (text.empty()) return usualStallSeconds;
  long seconds = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (fault != std::errc() || end != text.data() + text.size() || seconds < 1) {
    throw Error(fmt::format("\"{}\" is not a number of seconds", text), "HF_HUB_DOWNLOAD_TIMEOUT");
  }
  return seconds;
}

std::filesystem::path fetchedModelsFolder() {
  const std::string folder = variable("CANVASS_MODELS");
  return folder.empty() ? cachesFolder() / "canvass" / "models" : pathOf(folder);
}

}  // namespace canvass
