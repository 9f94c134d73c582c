#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "report/terminal/terminal_text.h"

namespace canvass {

// All that canvass prints goes through here; a test of the sources says so. Of what people read,
// only visible characters (base/utf8.h) arrive, whoever wrote the text: a survey, a model, the name
// of a file. Inks and the drawing of progress are added after that.

// Sentences for people. On a terminal they are wrapped at its width; in a file or a pipe each stays
// on its line, which is easy to search. A text may have several lines, and ends without a newline.

// On standard output: what came of the work.
void say(const std::string& text);
// On standard error: what else should be known.
void tell(const std::string& text);

// A report for people on standard output, laid out and inked for terminalStyle().
void print(const std::string& text);
// As wide as the terminal and in color if standard output is one, plain 80 columns otherwise.
TerminalStyle terminalStyle();

// On standard output, byte for byte: what programs read, such as JSON.
void printForPrograms(const std::string& text);

// The line of standard error, a terminal, on which the cursor stands: one line of text instead of
// what is there, cut where the terminal ends, or nothing.
void redrawLine(const std::string& text);
void clearLine();

// The columns of the terminal that a stream (STDOUT_FILENO, STDERR_FILENO) goes to; nothing if it
// goes elsewhere.
std::optional<std::size_t> terminalWidth(int stream);

}  // namespace canvass
