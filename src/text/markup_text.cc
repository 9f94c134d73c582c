#include "text/markup_text.h"

#include <algorithm>

#include "text/one_line.h"

namespace canvass {
namespace {

bool isOneOf(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

// Empty if LaTeX has nothing else in mind with the character.
std::string_view latexCommand(char c) {
  switch (c) {
    case '\\':
      return "\\textbackslash{}";
    case '~':
      return "\\textasciitilde{}";
    case '^':
      return "\\textasciicircum{}";
    case '<':
      return "\\textless{}";
    case '>':
      return "\\textgreater{}";
    case '|':
      return "\\textbar{}";
    default:
      return "";
  }
}

// Fonts have one sign for two: "--", "``", "?`".
bool isLigature(char first, char second) {
  if (first == second) return isOneOf(second, "-`',");
  return second == '`' && isOneOf(first, "?!");
}

// The position of what would make the text an item of a list or a rule: "- ", "12. ", "---";
// nothing if it is neither.
std::size_t listMark(std::string_view text) {
  const std::size_t mark = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view rest = text.substr(mark);
  const bool isMark = !rest.empty() && isOneOf(rest.front(), mark == 0 ? "-+" : ".)");
  const bool isAlone = rest.size() < 2 || rest[1] == ' ' || rest.starts_with("--");
  return isMark && isAlone ? mark : std::string_view::npos;
}

}  // namespace

std::string latexText(std::string_view text) {
  const std::string line = onOneLine(text);
  std::string result;
  char before = 0;
  for (const char c : line) {
    if (isLigature(before, c)) result += "{}";
    const std::string_view command = latexCommand(c);
    if (!command.empty()) {
      result += command;
    } else if (isOneOf(c, "&%$#_{}")) {
      result += {'\\', c};
    } else if (before == 0 && isOneOf(c, "[*")) {  // after the end of a row, options of it
      result += {'{', c, '}'};
    } else {
      result += c;
    }
    before = c;
  }
  return result;
}

std::string markdownText(std::string_view text) {
  const std::string line = onOneLine(text);
  const std::size_t mark = listMark(line);
  std::string result;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i == mark || isOneOf(line[i], "\\`*_{}[]<>#|~$&^@")) result += '\\';
    result += line[i];
  }
  return result;
}

}  // namespace canvass
