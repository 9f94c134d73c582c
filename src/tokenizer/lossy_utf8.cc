#include "tokenizer/lossy_utf8.h"

#include <cstddef>

#include "base/utf8.h"

namespace canvass {
namespace {

// The values that the second byte of a character may have, after this first one (Unicode Standard,
// table 3-7), and the length of the character; length 0 if no character begins with it.
struct Lead {
  std::size_t length;
  unsigned char low = 0x80, high = 0xBF;
};

Lead leadOf(unsigned char byte) {
  if (byte < 0xC2 || byte > 0xF4) return {0};
  if (byte < 0xE0) return {2};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte < 0xF0) return {3};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {4};
}

// How many bytes one U+FFFD stands for: the beginning of a character as far as it is well formed.
std::size_t faultyLength(std::string_view bytes) {
  Lead lead = leadOf(static_cast<unsigned char>(bytes[0]));
  std::size_t length = 1;
  while (length < lead.length && length < bytes.size()) {
    const auto byte = static_cast<unsigned char>(bytes[length]);
    if (byte < lead.low || byte > lead.high) break;
    lead = {lead.length};
    ++length;
  }
  return length;
}

}  // namespace

std::string toValidUtf8(std::string_view bytes) {
  std::string result;
  while (const auto fault = findInvalidUtf8(bytes)) {
    result += bytes.substr(0, *fault);
    result += "\uFFFD";
    bytes.remove_prefix(*fault);
    bytes.remove_prefix(faultyLength(bytes));
  }
  return result += bytes;
}

}  // namespace canvass
