#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace canvass {

// The position of a parser of a Python literal.
struct PythonCursor {
  std::string_view text;
  std::size_t position = 0;
  const std::string& name;  // the name of the text in messages

  // Throws Error with the name and the column.
  [[noreturn]] void fail(const std::string& what) const;
};

// Reads a text in single or double quotes, at whose first quote the cursor is, and leaves the
// cursor after its last: \\ \' \" \a \b \f \n \r \t \v, octal numbers, \xhh, \uhhhh, \Uhhhhhhhh
// and a line end that is escaped. Anything else after a backslash is refused, as are a line end
// that is not escaped, half a surrogate pair and texts in triple quotes.
std::string parsePythonText(PythonCursor& cursor);

}  // namespace canvass
