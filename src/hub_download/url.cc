#include "hub_download/url.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>

namespace canvass {
namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

// Nothing else may be asked for, whatever a server redirects to.
bool isHttp(const std::string& scheme) { return scheme == "http" || scheme == "https"; }

std::string partOf(const Url& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return "";
  std::string result = text;
  curl_free(text);
  return result;
}

// Of an address, and then of what is relative to it if `location` is not empty.
Url parsed(const std::string& url, const std::string& location) {
  Url result(curl_url(), curl_url_cleanup);
  bool good = curl_url_set(result.get(), CURLUPART_URL, url.c_str(), 0) == CURLUE_OK;
  if (good && !location.empty()) {
    good = curl_url_set(result.get(), CURLUPART_URL, location.c_str(), 0) == CURLUE_OK;
  }
  return good && isHttp(partOf(result, CURLUPART_SCHEME)) ? std::move(result)
                                                          : Url(nullptr, curl_url_cleanup);
}

std::string escaped(const std::string& text, bool keepSlashes) {
  constexpr std::string_view unreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
  std::string result;
  for (const char c : text) {
    if (unreserved.find(c) != std::string_view::npos || (keepSlashes && c == '/')) {
      result += c;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return result;
}

}  // namespace

std::string originOf(const std::string& url) {
  const Url one = parsed(url, "");
  if (!one) return "";
  return fmt::format("{}://{}:{}", partOf(one, CURLUPART_SCHEME), partOf(one, CURLUPART_HOST),
                     partOf(one, CURLUPART_PORT));
}

std::string redirected(const std::string& url, const std::string& location) {
  if (location.empty()) return "";
  const Url from = parsed(url, "");
  const Url to = parsed(url, location);
  if (!from || !to) return "";
  const bool downgrade =
      partOf(from, CURLUPART_SCHEME) == "https" && partOf(to, CURLUPART_SCHEME) == "http";
  return downgrade ? "" : partOf(to, CURLUPART_URL);
}

std::string escapedPart(const std::string& text) { return escaped(text, false); }

std::string escapedPath(const std::string& text) { return escaped(text, true); }

}  // namespace canvass
