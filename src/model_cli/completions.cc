#include "cli/help/completions.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/engine_program.h"
#include "cli/options.h"
#include "model_cli/verbs.h"

namespace canvass {

void addCompletions(CLI::App& app) {
  auto shell = std::make_shared<std::string>();
  CLI::App& verb = *app.add_subcommand("completions", descriptionOf("completions"));
  verb.add_option("shell", *shell, "shell to complete verbs and options in")
      ->required()
      ->check(CLI::IsMember(shellNames()));
  verb.footer(
      "Examples:\n"
      "  canvass completions bash > ~/.local/share/bash-completion/completions/canvass\n"
      "  canvass completions zsh > ~/.zfunc/_canvass    # a folder of $fpath\n"
      "  canvass completions fish > ~/.config/fish/completions/canvass.fish");
  verb.callback([&app, shell] { printForPrograms(completionScript(helpOf(app), *shell)); });
}

}  // namespace canvass
