#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace canvass::jinja {

// A fault found by code that does not know its place in the template; whoever does turns it into
// an Error by Source::fail.
struct Failure {
  std::string message;
};

// The text of a template as Jinja reads it: line ends are "\n", one at the end is dropped.
class Source {
 public:
  Source(std::string_view text, std::string name);

  const std::string& text() const { return text_; }
  // Throws Error: "name:line: message", the line in question and a caret under byte `at`.
  [[noreturn]] void fail(std::size_t at, const std::string& message) const;

 private:
  std::string excerpt(std::size_t at) const;

  std::string text_;
  std::string name_;
};

}  // namespace canvass::jinja
