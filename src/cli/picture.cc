#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "cli/drawing.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "report/page/study_json.h"

namespace canvass {
namespace {

struct Arguments {
  std::string kind;
  SurveyArguments surveys;
  std::string evaluation;
  std::string metric = "js_similarity";
  bool respondents = false;
  std::string title;
  std::string theme = "light";
  int width = 960;
  std::string output;
  JsonOutput json;
};

struct Kind {
  const char* name;
  const char* picture;  // as the drawing code calls it
  const char* title;
  const char* summary;
};

constexpr std::array kinds = {
    Kind{"map", "part-map", "Countries by part of the study",
         "the world, with the parts that each country is in, or with one figure a country"},
    Kind{"topics", "topics", "Questions by topic", "a sunburst of questions by part and topic"},
    Kind{"coverage", "coverage", "Items by population and question",
         "a table of which population was asked which question"},
};

std::string helpOnKinds() {
  std::string text;
  for (const Kind& kind : kinds) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", kind.name, kind.summary);
  }
  return text;
}

std::vector<Part> loadParts(const SurveyArguments& surveys) {
  requireDistinctFiles({surveys.files.begin(), surveys.files.end()});
  std::vector<Part> parts;
  for (const std::string& file : surveys.files) {
    parts.push_back({std::filesystem::path(file).stem().string(),
                     SurveyArguments{{file}, surveys.skipInvalid}.load()});
  }
  return parts;
}

// The request without what all pictures have: title, theme and width.
Json contentOf(const Kind& kind, const Arguments& arguments) {
  if (!arguments.evaluation.empty()) {
    const Json evaluation = parseJson(readFile(arguments.evaluation), arguments.evaluation);
    return {{"picture", "value-map"},
            {"map", valueMapJson(evaluation, arguments.metric, arguments.evaluation)}};
  }
  if (arguments.surveys.files.empty()) {
    throw Error("there is nothing to draw", {},
                "name one or several survey files, parts of a study");
  }
  return {{"picture", arguments.respondents ? "respondents" : kind.picture},
          {"study", studyJson(loadParts(arguments.surveys))}};
}

std::string titleOf(const Kind& kind, const Arguments& arguments) {
  if (!arguments.title.empty()) return arguments.title;
  if (!arguments.evaluation.empty()) return "How well each country is predicted";
  return arguments.respondents ? "Respondents by population and question" : kind.title;
}

void run(const Arguments& arguments) {
  const Kind& kind = *std::ranges::find(kinds, arguments.kind, &Kind::name);
  const bool png = std::filesystem::path(arguments.output).extension() == ".png";
  Json request = contentOf(kind, arguments);
  request["title"] = titleOf(kind, arguments);
  request["theme"] = arguments.theme;
  request["width"] = arguments.width;
  arguments.json.write(request);
  if (arguments.output.empty()) return;
  const std::string svg = drawSvg(request);
  writeFileAtomically(arguments.output, png ? pngOf(svg) : svg);
  if (!arguments.json.toStandardOutput()) {
    print(fmt::format("{} written to {}\n", titleOf(kind, arguments), arguments.output));
  }
}

std::string checkOutput(const std::string& file) {
  const auto extension = std::filesystem::path(file).extension();
  return extension == ".svg" || extension == ".png" ? "" : file + ": must end in .svg or .png";
}

void addOptions(CLI::App& verb, Arguments& arguments) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds) names.emplace_back(kind.name);
  verb.add_option("kind", arguments.kind, helpOnKinds())->required()->check(CLI::IsMember(names));
  addSurveyOptions(verb, arguments.surveys, "surveys",
                   "survey files; several are the parts of a study, each named as its file is",
                   false);
  CLI::Option* surveys = verb.get_option("surveys");
  CLI::Option* evaluation =
      verb.add_option("--evaluation", arguments.evaluation,
                      "for map: what canvass evaluate --json FILE wrote; one figure a country")
          ->excludes(surveys);
  verb.add_option("--metric", arguments.metric, "which figure")
      ->capture_default_str()
      ->needs(evaluation);
  verb.add_flag("--respondents", arguments.respondents,
                "for coverage: how many answered, instead of the parts");
  verb.add_option("--title", arguments.title, "instead of the usual one");
  verb.add_option("--theme", arguments.theme, "light (also for paper) or dark")
      ->capture_default_str()
      ->check(CLI::IsMember({"light", "dark"}));
  verb.add_option("--width", arguments.width, "in pixels; a table of many questions is wider")
      ->capture_default_str()
      ->check(CLI::Range(600, 4000));
  verb.add_option("-o,--output", arguments.output, "picture to write: .svg, or .png")
      ->check(checkOutput);
  addJsonOption(verb, arguments.json);
}

// What one kind has, another has not.
void checkKind(const Arguments& arguments) {
  if (!arguments.evaluation.empty() && arguments.kind != "map") {
    throw CLI::ValidationError("--evaluation", "is for the kind map");
  }
  if (arguments.respondents && arguments.kind != "coverage") {
    throw CLI::ValidationError("--respondents", "is for the kind coverage");
  }
  if (arguments.output.empty() && arguments.json.option->count() == 0) {
    throw CLI::RequiredError("--output or --json");
  }
}

}  // namespace

void addPicture(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("picture", "Draw a study design or a map of results");
  addOptions(verb, *arguments);
  verb.footer(
      "Examples:\n  canvass picture map split/*.jsonl -o countries.svg\n"
      "  canvass picture coverage split/*.jsonl -o items.png\n"
      "  canvass picture map --evaluation run.json --metric emd -o emd.svg");
  verb.callback([arguments] {
    checkKind(*arguments);
    run(*arguments);
  });
}

}  // namespace canvass
