#include "cli/wrong_usage.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string_view>
#include <vector>

#include "cli/help/verb_help.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

std::vector<const CLI::App*> verbsOf(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::string didYouMean(const std::string& name, const std::vector<std::string>& known,
                       const CLI::App& verb) {
  return nearMatches(name, known).empty() ? fmt::format("{} --help lists them", fullName(verb))
                                          : suggestion(name, known);
}

std::vector<std::string> optionNames(const CLI::App& verb) {
  std::vector<std::string> names;
  for (const CLI::Option* option : verb.get_options()) {
    if (option->get_group().empty()) continue;
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

// The last of the verbs that were typed.
const CLI::App& verbOf(const CLI::App& app) {
  const CLI::App* verb = &app;
  while (!verb->get_subcommands().empty()) verb = verb->get_subcommands().front();
  return *verb;
}

// "method: best not in {linear,isotonic}", as a sentence.
std::string inWords(std::string text) {
  if (text == CLI::RequiredError::Subcommand(1).what()) return "no verb is given";
  constexpr std::string_view before = " not in {";
  const std::size_t list = text.find(before);
  if (list == std::string::npos || !text.ends_with('}')) return text;
  std::string choices = text.substr(list + before.size());
  choices.pop_back();
  for (std::size_t at = 0; (at = choices.find(',', at)) != std::string::npos; at += 2) {
    choices.insert(at + 1, " ");
  }
  return text.substr(0, list) + " is none of " + choices;
}

bool looksLikeOption(std::string_view word) {
  return word.size() > 1 && word[0] == '-' &&
         std::string_view("0123456789.").find(word[1]) == std::string_view::npos;
}

}  // namespace

std::optional<std::string> unknownVerb(const CLI::App& app, int argc, const char* const* argv) {
  const CLI::App* verb = &app;
  for (int i = 1; i < argc; ++i) {
    const std::vector<const CLI::App*> verbs = verbsOf(*verb);
    const std::string word = argv[i];
    if (verbs.empty() || looksLikeOption(word)) return std::nullopt;
    std::vector<std::string> names;
    const CLI::App* next = nullptr;
    for (const CLI::App* one : verbs) {
      names.push_back(one->get_name());
      if (one->get_name() == word) next = one;
    }
    if (next == nullptr) {
      return fmt::format("there is no verb \"{}\"; {}", fullName(*verb) + " " + word,
                         didYouMean(word, names, *verb));
    }
    verb = next;
  }
  return std::nullopt;
}

std::optional<std::string> unknownOption(const CLI::App& app) {
  const CLI::App& verb = verbOf(app);
  for (const std::string& word : app.remaining(true)) {
    if (!looksLikeOption(word)) continue;
    const std::string name = word.substr(0, word.find('='));
    return fmt::format("{} has no option \"{}\"; {}", fullName(verb), name,
                       didYouMean(name, optionNames(verb), verb));
  }
  return std::nullopt;
}

std::string wrongUsage(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& verb = verbOf(app);
  return fmt::format("{}; {} --help lists the {}", inWords(error.what()), fullName(verb),
                     verbsOf(verb).empty() ? "options" : "verbs");
}

}  // namespace canvass
