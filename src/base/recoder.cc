#include "base/recoder.h"

#include <fmt/format.h>
#include <iconv.h>

#include "base/error.h"

namespace canvass {
namespace {

const iconv_t unknownEncoding = reinterpret_cast<iconv_t>(-1);
constexpr std::size_t maxBytesPerByte = 4;  // of UTF-8 for one byte of any encoding

}  // namespace

Recoder::Recoder(const std::string& encoding)
    : encoding_(encoding), converter_(::iconv_open("UTF-8", encoding.c_str())) {
  if (converter_ != unknownEncoding) return;
  throw Error(fmt::format("there is no encoding \"{}\"", encoding), {},
              "write a name such as \"windows-1252\", \"iso-8859-2\" or \"shift_jis\"");
}

Recoder::~Recoder() { ::iconv_close(converter_); }

std::string Recoder::toUtf8(std::string_view text, const std::string& where) {
  std::string result(text.size() * maxBytesPerByte, '\0');
  char* from = const_cast<char*>(text.data());
  std::size_t fromLeft = text.size();
  char* to = result.data();
  std::size_t toLeft = result.size();
  ::iconv(converter_, nullptr, nullptr, nullptr, nullptr);
  if (::iconv(converter_, &from, &fromLeft, &to, &toLeft) == static_cast<std::size_t>(-1)) {
    throw Error(fmt::format("the text is not {} at byte {}", encoding_, text.size() - fromLeft),
                where, "name the encoding the file was saved in");
  }
  result.resize(result.size() - toLeft);
  return result;
}

}  // namespace canvass
