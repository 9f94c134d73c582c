#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace canvass {

// Sentences for people. On a terminal they are wrapped at its width; in a file or a pipe each stays
// on its line, which is easy to search. A text may have several lines, and ends without a newline.

// On standard output: what came of the work.
void say(const std::string& text);
// On standard error: what else should be known.
void tell(const std::string& text);

// The columns of the terminal that a stream (STDOUT_FILENO, STDERR_FILENO) goes to; nothing if it
// goes elsewhere.
std::optional<std::size_t> terminalWidth(int stream);

}  // namespace canvass
