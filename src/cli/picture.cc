#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/messages.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "tasks/drawing.h"
#include "tasks/picture_task.h"

namespace canvass {
namespace {

struct PictureArguments {
  SurveyArguments surveys;
  PictureTask task;
  std::string output;
  JsonOutput json;
};

void runPicture(PictureArguments& arguments) {
  arguments.task.parts = arguments.surveys.loadParts(SurveyArguments::PartName::stem);
  const Json request = pictureRequest(arguments.task);
  arguments.json.write(request);
  if (arguments.output.empty()) return;
  writePicture(request, arguments.output);
  if (arguments.json.toStandardOutput()) return;
  say(fmt::format("{} written to {}", request["title"].get<std::string>(), arguments.output));
}

std::string helpOnPictures() {
  std::string text;
  for (const PictureKind& kind : pictureKinds()) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", kind.name, kind.summary);
  }
  return text;
}

void addContentOptions(CLI::App& verb, PictureArguments& arguments) {
  std::vector<std::string> names;
  for (const PictureKind& kind : pictureKinds()) names.emplace_back(kind.name);
  verb.add_option("kind", arguments.task.kind, helpOnPictures())
      ->required()
      ->check(CLI::IsMember(names));
  addSurveyOptions(verb, arguments.surveys, "surveys",
                   "survey files; several are the parts of a study, each named after its file",
                   false);
  CLI::Option* evaluation = verb.add_option("--evaluation", arguments.task.evaluation,
                                            "for map: JSON file from canvass evaluate --json FILE, "
                                            "to show one figure per population")
                                ->type_name("FILE")
                                ->excludes(verb.get_option("surveys"));
  verb.add_option("--run", arguments.task.run,
                  "which run, if the evaluation is of several: the name of its predictions")
      ->type_name("NAME")
      ->needs(evaluation);
  verb.add_option("--metric", arguments.task.metric, "metric to draw")
      ->type_name("NAME")
      ->capture_default_str()
      ->needs(evaluation);
  verb.add_flag("--respondents", arguments.task.respondents,
                "for coverage: show how many people answered instead of the parts");
}

void addLookOptions(CLI::App& verb, PictureTask& task) {
  verb.add_option("--title", task.title, "title of the picture instead of the default one");
  verb.add_option("--theme", task.theme, "color theme: light (also for paper) or dark")
      ->capture_default_str()
      ->check(CLI::IsMember({"light", "dark"}));
  verb.add_option("--width", task.width, "width in pixels; a table of many questions is wider")
      ->check(wholeNumber(600, 4000))
      ->capture_default_str();
}

// Some options belong to one kind only.
void checkKind(const PictureArguments& arguments) {
  if (!arguments.task.evaluation.empty() && arguments.task.kind != "map") {
    throw CLI::ValidationError("--evaluation", "is for the kind map");
  }
  if (arguments.task.respondents && arguments.task.kind != "coverage") {
    throw CLI::ValidationError("--respondents", "is for the kind coverage");
  }
  if (arguments.output.empty() && arguments.json.option->count() == 0) {
    throw CLI::RequiredError("--output or --json");
  }
}

}  // namespace

void addPicture(CLI::App& app) {
  auto arguments = std::make_shared<PictureArguments>();
  CLI::App& verb = *app.add_subcommand("picture", "Draw a study design or a map of results");
  addContentOptions(verb, *arguments);
  addLookOptions(verb, arguments->task);
  verb.add_option("-o,--output", arguments->output, "picture to write: .svg or .png")
      ->type_name("FILE")
      ->check(checkPictureFile);
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Examples:\n  canvass picture map split/*.jsonl -o countries.svg\n"
      "  canvass picture coverage split/*.jsonl -o items.png\n"
      "  canvass picture map --evaluation run.json --metric emd -o emd.svg");
  verb.callback([arguments] {
    checkKind(*arguments);
    runPicture(*arguments);
  });
}

}  // namespace canvass
