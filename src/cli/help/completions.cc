#include "cli/help/completions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <sstream>

#include "base/error.h"
#include "cli/options.h"

namespace canvass {
namespace {

using Visit = std::function<void(const VerbHelp&)>;

void forEachVerb(const VerbHelp& verb, const Visit& visit) {
  visit(verb);
  for (const VerbHelp& below : verb.verbs) forEachVerb(below, visit);
}

std::vector<std::string> verbNames(const VerbHelp& verb) {
  std::vector<std::string> names;
  for (const VerbHelp& below : verb.verbs) names.push_back(below.lastName());
  return names;
}

std::vector<std::string> optionNames(const VerbHelp& verb) {
  std::vector<std::string> names = {"--help"};
  for (const OptionHelp& option : verb.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

std::vector<std::string> wordChoices(const VerbHelp& verb) {
  std::vector<std::string> choices;
  for (const OptionHelp& word : verb.words) {
    choices.insert(choices.end(), word.choices.begin(), word.choices.end());
  }
  return choices;
}

// "    'canvass combine'|'canvass combine fit') TAKE ;;": what the loop over the words takes as
// part of the verb's name.
std::string verbCase(const VerbHelp& program) {
  std::vector<std::string> names;
  forEachVerb(program, [&](const VerbHelp& verb) {
    for (const VerbHelp& below : verb.verbs) names.push_back(inQuotes(below.name));
  });
  return fmt::format("{}", fmt::join(names, "|"));
}

// For each option with choices, of each verb: "    'canvass probe --orders') FILLED ;;\n".
std::string choiceCases(const VerbHelp& program, const char* form) {
  std::string text;
  forEachVerb(program, [&](const VerbHelp& verb) {
    for (const OptionHelp& option : verb.options) {
      if (option.choices.empty()) continue;
      for (const std::string& name : option.names) {
        text += fmt::format("    {}) {} ;;\n", inQuotes(verb.name + " " + name),
                            fmt::format(fmt::runtime(form), fmt::join(option.choices, " ")));
      }
    }
  });
  return text;
}

constexpr const char* bashForm = R"shell(# Completion of canvass for bash.
_canvass() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}}
  local verb=canvass words= i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case "$verb ${{COMP_WORDS[i]}}" in
      {verbs}) verb="$verb ${{COMP_WORDS[i]}}" ;;
      *) break ;;
    esac
  done
  case "$verb $previous" in
{choices}    *)
      case "$verb $([[ $current == -* ]] && echo option)" in
{words}      esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _canvass canvass
)shell";

std::string bashScript(const VerbHelp& program) {
  std::string words;
  forEachVerb(program, [&](const VerbHelp& verb) {
    words += fmt::format("        {}) words='{}' ;;\n", inQuotes(verb.name + " option"),
                         fmt::join(optionNames(verb), " "));
    const auto others = verb.verbs.empty() ? wordChoices(verb) : verbNames(verb);
    if (others.empty()) return;
    words += fmt::format("        {}) words='{}' ;;\n", inQuotes(verb.name + " "),
                         fmt::join(others, " "));
  });
  return fmt::format(bashForm, fmt::arg("verbs", verbCase(program)),
                     fmt::arg("choices", choiceCases(program, "words='{}'")),
                     fmt::arg("words", words));
}

constexpr const char* zshForm = R"shell(#compdef canvass
# Completion of canvass for zsh.
_canvass() {{
  local verb=canvass i
  local -a found
  for ((i = 2; i < CURRENT; ++i)); do
    case "$verb $words[i]" in
      {verbs}) verb="$verb $words[i]" ;;
      *) break ;;
    esac
  done
  case "$verb $words[CURRENT-1]" in
{choices}  esac
  if [[ $words[CURRENT] == -* ]]; then
    case "$verb" in
{options}    esac
    _describe option found
  else
    case "$verb" in
{words}    esac
    _describe word found
    _files
  fi
}}
_canvass "$@"
)shell";

// "name:what it means", as _describe takes it.
std::string described(const std::string& name, const std::string& text) {
  std::string safe;
  for (const char character : name)
    safe += character == ':' ? std::string("\\:") : std::string(1, character);
  return inQuotes(safe + ":" + text);
}

std::string zshScript(const VerbHelp& program) {
  std::string options;
  std::string words;
  forEachVerb(program, [&](const VerbHelp& verb) {
    std::vector<std::string> lines = {described("--help", "print help")};
    for (const OptionHelp& option : verb.options) {
      for (const std::string& name : option.names)
        lines.push_back(described(name, option.description));
    }
    options += fmt::format("      {}) found=({}) ;;\n", inQuotes(verb.name), fmt::join(lines, " "));
    lines.clear();
    for (const VerbHelp& below : verb.verbs) {
      lines.push_back(described(below.lastName(), below.description));
    }
    for (const std::string& choice : wordChoices(verb)) lines.push_back(inQuotes(choice));
    if (lines.empty()) return;
    // Where a verb is to follow, no file can.
    words += fmt::format("      {}) found=({}){} ;;\n", inQuotes(verb.name), fmt::join(lines, " "),
                         verb.verbs.empty() ? "" : "; _describe verb found; return");
  });
  return fmt::format(zshForm, fmt::arg("verbs", verbCase(program)),
                     fmt::arg("choices", choiceCases(program, "compadd {}; return")),
                     fmt::arg("options", options), fmt::arg("words", words));
}

// True in fish if the verb was typed, and none below it.
std::string fishCondition(const VerbHelp& verb) {
  std::vector<std::string> conditions;
  std::istringstream words(verb.name);
  for (std::string word; words >> word;) {
    if (word != "canvass") conditions.push_back("__fish_seen_subcommand_from " + word);
  }
  if (!verb.verbs.empty()) {
    conditions.push_back(
        fmt::format("not __fish_seen_subcommand_from {}", fmt::join(verbNames(verb), " ")));
  }
  return fmt::format("{}", fmt::join(conditions, "; and "));
}

std::string fishOption(const std::string& condition, const OptionHelp& option) {
  std::string text = fmt::format("complete -c canvass -n {}", inQuotes(condition));
  for (const std::string& name : option.names) {
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.choices.empty()) {
    text += fmt::format(" -x -a '{}'", fmt::join(option.choices, " "));
  } else if (!option.value.empty() && !option.valueIsOptional) {
    text += " -r";
  }
  return text + " -d " + inQuotes(option.description) + "\n";
}

std::string fishScript(const VerbHelp& program) {
  std::string text = "# Completion of canvass for fish.\n";
  forEachVerb(program, [&](const VerbHelp& verb) {
    const bool isProgram = verb.name == program.name;
    const std::string condition = isProgram ? "__fish_use_subcommand" : fishCondition(verb);
    for (const VerbHelp& below : verb.verbs) {
      text += fmt::format("complete -c canvass -f -n {} -a {} -d {}\n", inQuotes(condition),
                          below.lastName(), inQuotes(below.description));
    }
    for (const std::string& choice : wordChoices(verb)) {
      text +=
          fmt::format("complete -c canvass -n {} -a {}\n", inQuotes(condition), inQuotes(choice));
    }
    for (const OptionHelp& option : verb.options) text += fishOption(condition, option);
  });
  return text;
}

}  // namespace

const std::vector<std::string>& shellNames() {
  static const std::vector<std::string> names = {"bash", "zsh", "fish"};
  return names;
}

std::string completionScript(const VerbHelp& program, std::string_view shell) {
  if (shell == "bash") return bashScript(program);
  if (shell == "zsh") return zshScript(program);
  if (shell == "fish") return fishScript(program);
  throw Error(fmt::format("there is no completion for the shell \"{}\"", shell), {},
              fmt::format("choose one of {}", fmt::join(shellNames(), ", ")));
}

}  // namespace canvass
