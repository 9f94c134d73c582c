#include "tokenizer/byte_level.h"

#include <array>
#include <unordered_map>

#include "base/utf8.h"

namespace canvass {
namespace {

bool standsForItself(unsigned byte) {
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

struct Alphabet {
  std::array<std::string, 256> characters;
  std::unordered_map<char32_t, char> bytes;

  Alphabet() {
    char32_t nextSubstitute = 0x100;
    for (unsigned byte = 0; byte < 256; ++byte) {
      const char32_t codePoint = standsForItself(byte) ? byte : nextSubstitute++;
      appendUtf8(characters[byte], codePoint);
      bytes.emplace(codePoint, static_cast<char>(byte));
    }
  }
};

const Alphabet& alphabet() {
  static const Alphabet instance;
  return instance;
}

}  // namespace

std::string bytesToAlphabet(std::string_view bytes) {
  std::string result;
  result.reserve(2 * bytes.size());
  for (const char byte : bytes) result += alphabet().characters[static_cast<unsigned char>(byte)];
  return result;
}

std::optional<std::string> alphabetToBytes(std::string_view token) {
  std::string bytes;
  for (const char32_t codePoint : decodeUtf8(token)) {
    const auto found = alphabet().bytes.find(codePoint);
    if (found == alphabet().bytes.end()) return std::nullopt;
    bytes += found->second;
  }
  return bytes;
}

}  // namespace canvass
