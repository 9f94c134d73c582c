#include "cli/help/help_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace canvass {
namespace {

constexpr std::size_t indent = 2;

using Row = std::pair<std::string, std::string>;  // a name, and what it means

// As wide as the names, but never more than a third of the line: a longer name has a line of its
// own.
std::size_t nameWidth(const std::vector<Row>& rows, const TerminalStyle& style) {
  std::size_t widest = 0;
  const std::size_t most = usableWidth(style) / 3;
  for (const auto& [name, text] : rows) {
    if (name.size() <= most) widest = std::max(widest, name.size());
  }
  return widest;
}

std::string rowText(const Row& row, std::size_t width, const TerminalStyle& style) {
  const std::size_t column = indent + width + 2;
  std::string name = std::string(indent, ' ') + row.first;
  std::string text;
  if (name.size() + 2 > column) {
    text = name + "\n";
    name.clear();
  }
  for (const std::string& line : wrapped(row.second, usableWidth(style) - column)) {
    text += padRight(name, column) + line + "\n";
    name.clear();
  }
  return text;
}

std::string section(const char* title, const std::vector<Row>& rows, const TerminalStyle& style) {
  if (rows.empty()) return "";
  std::string text = "\n" + inked(title, Ink::strong, style) + "\n";
  const std::size_t width = nameWidth(rows, style);
  for (const Row& row : rows) text += rowText(row, width, style);
  return text;
}

// Later lines of a usage stand below its first option.
std::string usageText(const VerbHelp& verb, const TerminalStyle& style) {
  constexpr std::string_view title = "Usage: ";
  std::string text;
  for (const std::string& line : wrapped(verb.usage(), usableWidth(style) - title.size())) {
    text += text.empty() ? std::string(title) : std::string(title.size(), ' ');
    text += line + "\n";
  }
  return text;
}

}  // namespace

std::string helpText(const VerbHelp& verb, const TerminalStyle& style) {
  std::vector<Row> required;
  std::vector<Row> optional;
  std::vector<Row> verbs;
  for (const auto* options : {&verb.words, &verb.options}) {
    for (const OptionHelp& option : *options) {
      (option.isRequired ? required : optional).emplace_back(option.synopsis(), option.text());
    }
  }
  optional.emplace_back("-h, --help", "print this help");
  for (const VerbHelp& below : verb.verbs) verbs.emplace_back(below.lastName(), below.description);
  std::string text = paragraph(verb.description, style) + usageText(verb, style) +
                     section("Verbs", verbs, style) + section("Required", required, style) +
                     section("Options", optional, style);
  return verb.examples.empty() ? text : text + "\n" + verb.examples + "\n";
}

}  // namespace canvass
