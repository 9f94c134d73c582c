#include <fmt/format.h>

#include "cli/help/manual.h"

namespace canvass {
namespace {

// For a cell of a table.
std::string forCell(const std::string& text) {
  std::string result;
  for (const char character : text) {
    if (character == '|' || character == '<' || character == '*') result += '\\';
    result += character;
  }
  return result;
}

std::string optionRow(const OptionHelp& option) {
  return fmt::format("| `{}` | {}{} |\n", option.synopsis(),
                     option.isRequired ? "**required**: " : "", forCell(option.text()));
}

std::string sectionOf(const VerbHelp& verb) {
  std::string text =
      fmt::format("\n## {}\n\n{}.\n\n    {}\n", verb.name, verb.description, verb.usage());
  if (!verb.words.empty() || !verb.options.empty()) text += "\n| option | meaning |\n|---|---|\n";
  for (const OptionHelp& word : verb.words) text += optionRow(word);
  for (const OptionHelp& option : verb.options) text += optionRow(option);
  if (!verb.examples.empty()) text += "\n```\n" + verb.examples + "\n```\n";
  for (const VerbHelp& below : verb.verbs) text += sectionOf(below);
  return text;
}

}  // namespace

std::string manualMarkdown(const VerbHelp& program) {
  std::string text = fmt::format(
      "# Every verb and option\n\nWritten by `{} manual` from the parser itself; `--help` after a "
      "verb says the same in a terminal, and `man canvass-predict` shows it as a man page.\n\n",
      program.name);
  for (const VerbHelp& verb : program.verbs) {
    text += fmt::format("- [{}](#{}): {}\n", verb.lastName(), verb.dashedName(), verb.description);
  }
  for (const VerbHelp& verb : program.verbs) text += sectionOf(verb);
  return text;
}

}  // namespace canvass
