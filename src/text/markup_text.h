#pragma once

#include <string>
#include <string_view>

namespace canvass {

// A text as others' markup languages show it: on one line, with nothing in it that they would read
// as their own.

// For LaTeX: in a paragraph, a caption or a cell of a table, also the first one of a row. What is
// no character of the document's font is left to it.
std::string latexText(std::string_view text);

// For Markdown as CommonMark, GitHub and Pandoc read it: in a paragraph, a heading or a cell of a
// table. GitHub makes links of addresses, which say where they lead.
std::string markdownText(std::string_view text);

}  // namespace canvass
