#include "cli/help/verb_help.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>
#include <string_view>

namespace canvass {
namespace {

bool isNumber(const std::string& kind) {
  return kind == "INT" || kind == "UINT" || kind == "FLOAT";
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

// The parser writes a kind as "TEXT:{cyclic,all}", "UINT:INT in [1 - 1000]", "INT:POSITIVE".
void readKind(const std::string& written, OptionHelp& help) {
  const std::size_t colon = written.find(':');
  const std::string kind = written.substr(0, colon);
  const std::string limits = colon == std::string::npos ? "" : written.substr(colon + 1);
  help.value = isNumber(kind) ? "N" : kind;
  constexpr std::string_view between = " in [";
  const std::size_t ends = limits.find(between);
  if (limits.starts_with('{')) {
    help.value = "NAME";
    help.choices = split(limits.substr(1, limits.rfind('}') - 1), ',');
  } else if (ends != std::string::npos) {
    const std::size_t first = ends + between.size();
    const std::string range = limits.substr(first, limits.rfind(']') - first);
    const std::size_t dash = range.find(" - ");
    help.range = fmt::format("{} to {}", range.substr(0, dash), range.substr(dash + 3));
  } else if (limits == "POSITIVE") {
    help.range = "positive";
  }
}

std::string upperCase(std::string name) {
  for (char& letter : name) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return name;
}

OptionHelp helpOf(const CLI::Option& option) {
  OptionHelp help;
  for (const std::string& name : option.get_snames()) help.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) help.names.push_back("--" + name);
  if (option.get_positional()) help.names = {upperCase(option.get_name())};
  help.isRequired = option.get_required();
  help.description = option.get_description();
  if (option.get_items_expected_max() > 0) {
    readKind(option.get_type_name(), help);
    help.mayRepeat = option.get_items_expected_max() > 1;
    help.valueIsOptional = option.get_items_expected_min() == 0;
    help.standard = option.get_default_str();
  }
  return help;
}

bool isShown(const CLI::Option& option) {
  return !option.get_group().empty() && !option.check_lname("help");
}

constexpr std::size_t exampleWidth = 80;

// Lines with a command that is wider than a terminal, continued as shells take it.
std::string foldedCommands(const std::string& text) {
  std::string result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!result.empty()) result += '\n';
    while (line.size() > exampleWidth) {
      const std::size_t option = line.rfind(" -", exampleWidth - 2);
      if (option == std::string::npos || line.find_first_not_of(' ') > option) break;
      result += line.substr(0, option) + " \\\n";
      line = std::string(6, ' ') + line.substr(option + 1);
    }
    result += line;
  }
  return result;
}

}  // namespace

std::string OptionHelp::synopsis() const {
  std::string text = fmt::format("{}", fmt::join(names, ", "));
  const bool isWord = !names.front().starts_with('-');
  if (!value.empty() && !isWord) {
    text += valueIsOptional ? " [" + value + "]" : " " + value;
  }
  return mayRepeat ? text + "..." : text;
}

std::string OptionHelp::text() const {
  std::vector<std::string> notes;
  if (!choices.empty()) notes.push_back(fmt::format("one of {}", fmt::join(choices, ", ")));
  if (!range.empty()) notes.push_back(range);
  if (!standard.empty()) notes.push_back("default: " + standard);
  if (notes.empty()) return description;
  return fmt::format("{} ({})", description, fmt::join(notes, "; "));
}

std::string VerbHelp::usage() const {
  std::string text = name;
  if (!verbs.empty()) return text + " VERB";
  for (const OptionHelp& word : words) {
    text += word.isRequired ? " " + word.synopsis() : " [" + word.synopsis() + "]";
  }
  bool hasOthers = false;
  for (const OptionHelp& option : options) {
    if (!option.isRequired) {
      hasOthers = true;
      continue;
    }
    OptionHelp shortest = option;
    shortest.names = {option.names.front()};
    text += " " + shortest.synopsis();
  }
  return hasOthers ? text + " [options]" : text;
}

std::string VerbHelp::lastName() const { return name.substr(name.rfind(' ') + 1); }

std::string VerbHelp::dashedName() const {
  std::string dashed = name;
  std::ranges::replace(dashed, ' ', '-');
  return dashed;
}

std::string fullName(const CLI::App& verb) {
  const CLI::App* const parent = verb.get_parent();
  return parent == nullptr ? verb.get_name() : fullName(*parent) + " " + verb.get_name();
}

VerbHelp helpOf(const CLI::App& verb) {
  VerbHelp help;
  help.name = fullName(verb);
  help.description = verb.get_description();
  help.examples = foldedCommands(verb.get_footer());
  for (const CLI::Option* option : verb.get_options()) {
    if (!isShown(*option)) continue;
    (option->get_positional() ? help.words : help.options).push_back(helpOf(*option));
  }
  for (const CLI::App* below : verb.get_subcommands([](const CLI::App*) { return true; })) {
    if (!below->get_group().empty()) help.verbs.push_back(helpOf(*below));
  }
  return help;
}

}  // namespace canvass
