#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/list_text.h"
#include "text/one_line.h"

namespace canvass {

// How a text for a terminal should look. All widths are columns, in which wide East Asian
// characters take two.
struct TerminalStyle {
  std::size_t width = 80;  // less than 40 is treated as 40: nothing readable fits into less
  bool color = false;      // ANSI colors, for a terminal that has them
  bool ascii = false;      // no block characters or typographic signs; texts of the survey remain
};

enum class Ink { plain, strong, faint, good, observed, predicted, warning };

// The text between marks of an ink, which are no UTF-8 so that no text of a survey has them;
// unchanged if the style has no color. An inked text cannot be measured, shortened or wrapped.
std::string inked(std::string_view text, Ink ink, const TerminalStyle& style);

// What goes to the terminal: the visible text (base/utf8.h), its inks as escape sequences if the
// style has color.
std::string printed(std::string_view text, const TerminalStyle& style);

// Spaces up to `width`, after or before the text; a wider text stays as it is.
std::string padRight(std::string_view text, std::size_t width);
std::string padLeft(std::string_view text, std::size_t width);

// The text on one line of at most `width` columns, with an ellipsis if something was cut.
std::string shortened(std::string_view text, std::size_t width, const TerminalStyle& style);

// Lines of at most `width` columns (at least 2), broken at spaces and next to wide characters, but
// not before closing punctuation; a word that is longer than a line is cut. At least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// Those lines of a text that are wider than `width` broken at spaces, what follows each break after
// `hang` spaces more than the line began with. Words are never cut: file names and commands are
// there to be copied.
std::string wrappedLines(std::string_view text, std::size_t width, std::size_t hang = 0);

// The wrapped text as lines that end in a newline, each after `indent` spaces.
std::string paragraph(std::string_view text, const TerminalStyle& style, std::size_t indent = 0);

// A horizontal bar that fills `share` (0 to 1) of `cells` columns, to an eighth of a column;
// anything above 0 is visible. Without padding.
std::string solidBar(double share, std::size_t cells, const TerminalStyle& style);
// The same, shaded and to a whole column, to go with a solid one.
std::string shadedBar(double share, std::size_t cells, const TerminalStyle& style);

// "1,235", "12", "1.2": whole from 10 on, with one decimal below.
std::string shortNumber(double number);
// A phrase that begins with a plural in -s, in the singular if the number is 1: "items in both",
// "item in both".
std::string phraseFor(std::size_t number, std::string_view phrase);
// "and 1,234 more": for a list of `all` entries of which `shown` are shown. Empty if these are all,
// or if none is shown.
std::string andMore(std::size_t all, std::size_t shown);
// "52.3%".
std::string percent(double share);

// Text or the plain ASCII that stands for it.
std::string_view sign(std::string_view unicode, std::string_view ascii, const TerminalStyle& style);

std::size_t usableWidth(const TerminalStyle& style);

}  // namespace canvass
