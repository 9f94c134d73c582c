#include "cli/help/manual.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/file.h"
#include "cli/engine_program.h"
#include "cli/options.h"
#include "model_cli/verbs.h"

namespace canvass {
namespace {

void writeManual(const VerbHelp& program, const std::filesystem::path& folder) {
  if (folder.empty()) return printForPrograms(manualMarkdown(program));
  for (const auto& [name, page] : manualPages(program)) writeFileAtomically(folder / name, page);
}

}  // namespace

void addManual(CLI::App& app) {
  auto folder = std::make_shared<std::filesystem::path>();
  CLI::App& verb = *app.add_subcommand("manual", descriptionOf("manual"));
  verb.add_option("--man", *folder, "folder to write man pages to; by default Markdown is printed")
      ->type_name("FOLDER");
  verb.footer(
      "Examples:\n  canvass manual > verbs.md\n  canvass manual --man ~/.local/share/man/man1");
  verb.callback([&app, folder] { writeManual(helpOf(app), *folder); });
}

}  // namespace canvass
