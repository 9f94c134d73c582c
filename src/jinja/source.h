#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace canvass::jinja {

// A fault found by code that does not know its location in the template; a caller that does turns
// it into an Error with Source::fail.
struct Failure {
  std::string message;
};

// How a text is read. The defaults are those for chat templates.
struct TextOptions {
  std::size_t firstLine = 1;      // the number of its first line in the file, for messages
  bool keepsLastLineEnd = false;  // Jinja drops a line end that the text ends in
  bool refusesUndefined =
      false;  // printing, iterating over or testing something undefined is a fault
};

// The text of a template as Jinja reads it, its line ends "\n".
class Source {
 public:
  Source(std::string_view text, std::string name, const TextOptions& options);

  const TextOptions& options() const { return options_; }

  const std::string& text() const { return text_; }
  // Throws Error: "name:line: message", the line in question and a caret under byte `at`.
  [[noreturn]] void fail(std::size_t at, const std::string& message) const;

 private:
  std::string excerpt(std::size_t at) const;

  std::string text_;
  std::string name_;
  TextOptions options_;
};

}  // namespace canvass::jinja
