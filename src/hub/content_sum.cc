#include "hub/content_sum.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/file.h"
#include "base/input_file.h"

namespace canvass {
namespace {

constexpr std::size_t sha1Digits = 40;
constexpr std::size_t sha256Digits = 64;
constexpr std::size_t bytesAtOnce = 1 << 24;

std::string gitSum(const std::filesystem::path& path) {
  const InputFile file(path);
  const auto bytes = file.bytes();
  const std::string head = fmt::format("blob {}", bytes.size());
  Digest digest(Digest::Kind::sha1);
  digest.add(std::as_bytes(std::span(head.c_str(), head.size() + 1)));
  for (std::size_t start = 0; start < bytes.size(); start += bytesAtOnce) {
    digest.add(bytes.subspan(start, std::min(bytesAtOnce, bytes.size() - start)));
  }
  return digest.hexadecimal();
}

}  // namespace

bool isHexadecimal(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isContentSum(const std::string& etag) {
  return (etag.size() == sha1Digits || etag.size() == sha256Digits) && isHexadecimal(etag);
}

std::string contentSumLike(const std::string& etag, const std::filesystem::path& file) {
  return etag.size() == sha1Digits ? gitSum(file) : sha256OfFile(file);
}

}  // namespace canvass
