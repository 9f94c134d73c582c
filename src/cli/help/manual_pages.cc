#include <fmt/format.h>

#include "cli/help/manual.h"

namespace canvass {
namespace {

// What troff would take for its own: backslashes, hyphens that are to stay hyphens, and requests at
// the beginning of a line.
std::string forTroff(const std::string& text) {
  std::string result;
  for (const char character : text) {
    const bool beginsLine = result.empty() || result.back() == '\n';
    if (beginsLine && (character == '.' || character == '\'')) result += "\\&";
    if (character == '\\' || character == '-') result += '\\';
    result += character;
  }
  return result;
}

std::string optionsSection(const VerbHelp& verb) {
  std::string text;
  for (const auto* options : {&verb.words, &verb.options}) {
    for (const OptionHelp& option : *options) {
      text += fmt::format(".TP\n.B {}\n{}{}\n", forTroff(option.synopsis()),
                          option.isRequired ? "Required: " : "", forTroff(option.text()));
    }
  }
  return text.empty() ? "" : ".SH OPTIONS\n" + text;
}

std::string verbsSection(const VerbHelp& verb) {
  std::string text;
  for (const VerbHelp& below : verb.verbs) {
    text += fmt::format(".TP\n.BR {} (1)\n{}\n", forTroff(below.dashedName()),
                        forTroff(below.description));
  }
  return text.empty() ? "" : ".SH VERBS\n" + text;
}

std::string examplesSection(const VerbHelp& verb) {
  if (verb.examples.empty()) return "";
  return ".SH EXAMPLES\n.nf\n" + forTroff(verb.examples) + "\n.fi\n";
}

std::string page(const VerbHelp& verb) {
  return fmt::format(".TH {} 1\n.SH NAME\n{} \\- {}\n.SH SYNOPSIS\n{}\n",
                     forTroff(verb.dashedName()), forTroff(verb.dashedName()),
                     forTroff(verb.description), forTroff(verb.usage())) +
         verbsSection(verb) + optionsSection(verb) + examplesSection(verb) +
         ".SH EXIT STATUS\n0 done, 1 failed, 2 wrong usage.\n";
}

void addPages(const VerbHelp& verb, std::map<std::string, std::string>& pages) {
  pages[verb.dashedName() + ".1"] = page(verb);
  for (const VerbHelp& below : verb.verbs) addPages(below, pages);
}

}  // namespace

std::map<std::string, std::string> manualPages(const VerbHelp& program) {
  std::map<std::string, std::string> pages;
  addPages(program, pages);
  return pages;
}

}  // namespace canvass
