#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace canvass {

// Where a parser of a Python literal stands.
struct PythonCursor {
  std::string_view text;
  std::size_t position = 0;
  const std::string& name;  // what messages call the text

  // Throws Error that says the name and the column.
  [[noreturn]] void fail(const std::string& what) const;
};

// Reads a text in single or double quotes, at whose first quote the cursor stands, and leaves the
// cursor behind its last: \\ \' \" \a \b \f \n \r \t \v, octal numbers, \xhh, \uhhhh, \Uhhhhhhhh
// and a line end that is escaped. Anything else after a backslash is refused, as are a line end
// that is not escaped, half a surrogate pair and texts in triple quotes.
std::string parsePythonText(PythonCursor& cursor);

}  // namespace canvass
