#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/messages.h"
#include "cli/split_options.h"
#include "cli/verbs.h"

namespace canvass {
namespace {

void runSplit(SplitArguments& arguments) {
  arguments.task.survey = arguments.survey.load();
  arguments.task.test = arguments.test.loadIfGiven();
  const Parts parts = divideSurvey(arguments.task);
  std::vector<std::filesystem::path> read(arguments.survey.files.begin(),
                                          arguments.survey.files.end());
  read.insert(read.end(), arguments.test.files.begin(), arguments.test.files.end());
  const auto files = writeParts(parts, arguments.output, read);
  for (std::size_t i = 0; i < files.size(); ++i) {
    say(fmt::format("{} in {}", counted(parts.parts[i].survey.items.size(), "item"),
                    files[i].string()));
  }
  if (!parts.emptyParts.empty()) {
    say(fmt::format("without items, not written: {}", fmt::join(parts.emptyParts, ", ")));
  }
  for (const std::string& note : parts.notes) tell("note: " + note);
}

}  // namespace

void addSplit(CLI::App& app) {
  auto arguments = std::make_shared<SplitArguments>();
  CLI::App& verb =
      *app.add_subcommand("split", "Divide a survey into parts for training and testing");
  addSurveyOptions(verb, arguments->survey, "survey", "survey.jsonl or simllm JSON files", true);
  addSplitOptions(verb, *arguments);
  verb.add_option("-o,--output", arguments->output, "folder to write a survey file of each part to")
      ->type_name("FOLDER")
      ->required();
  verb.footer(
      "Examples:\n  canvass split survey.jsonl --hold-out-cells 0.08 --seed 1 -o split\n"
      "  canvass split survey.jsonl --design naacl2025 -o split\n"
      "  canvass split wvs.jsonl --test-survey pew.jsonl -o split");
  verb.callback([arguments, &verb] {
    requireSeedIsUsed(verb);
    runSplit(*arguments);
  });
}

}  // namespace canvass
