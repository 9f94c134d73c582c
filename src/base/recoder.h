#pragma once

#include <string>
#include <string_view>

namespace canvass {

// Text in an older encoding, such as "windows-1252", to UTF-8.
class Recoder {
 public:
  // Throws Error if the system does not support the encoding.
  explicit Recoder(const std::string& encoding);
  ~Recoder();
  Recoder(const Recoder&) = delete;
  Recoder& operator=(const Recoder&) = delete;

  // Throws Error at `where` if the bytes are not text of this encoding.
  std::string toUtf8(std::string_view text, const std::string& where);

 private:
  std::string encoding_;
  void* converter_;
};

}  // namespace canvass
