#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/error.h"
#include "base/file.h"
#include "cli/drawing.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "report/evaluation/latex_table.h"
#include "report/page/report_json.h"

namespace canvass {
namespace {

struct Arguments {
  std::vector<std::string> evaluations;
  std::vector<std::string> names;
  SurveyArguments survey;
  std::vector<std::string> predictions;
  std::vector<std::string> trainings;
  std::string title = "How well answers are predicted";
  std::string output;
  std::string latex;
  std::vector<std::string> command;
};

struct Run {
  std::string name;
  std::string file;
  Json evaluation;
};

void checkEvaluation(const Json& evaluation, const std::string& file) {
  if (evaluation.is_object()) {
    bool whole = true;
    for (const char* key : {"metrics", "denominators", "by_topic", "by_population", "baselines"}) {
      whole = whole && evaluation.contains(key) && evaluation[key].is_object();
    }
    whole = whole && evaluation.contains("skipped") && evaluation["skipped"].is_array();
    if (whole) return;
  }
  throw Error("this is no evaluation", file, "give files that canvass evaluate --json FILE wrote");
}

// One run for an object; one for each of a list, which evaluate writes of several predictions.
std::vector<Run> runsOf(const std::string& file) {
  const Json content = parseJson(readFile(file), file);
  const std::string stem = std::filesystem::path(file).stem().string();
  std::vector<Run> runs;
  if (!content.is_array()) {
    runs.push_back({stem, file, content});
  } else {
    for (std::size_t i = 0; i < content.size(); ++i) {
      runs.push_back({fmt::format("{} {}", stem, i + 1), file, content[i]});
    }
  }
  for (const Run& run : runs) checkEvaluation(run.evaluation, file);
  return runs;
}

std::vector<Run> loadRuns(const Arguments& arguments) {
  std::vector<Run> runs;
  for (const std::string& file : arguments.evaluations) {
    for (Run& run : runsOf(file)) runs.push_back(std::move(run));
  }
  if (runs.empty()) throw Error("there is no evaluation in these files");
  if (!arguments.names.empty() && arguments.names.size() != runs.size()) {
    throw Error(fmt::format("there are {} names for {}", arguments.names.size(),
                            counted(runs.size(), "evaluation")));
  }
  for (std::size_t i = 0; i < arguments.names.size(); ++i) runs[i].name = arguments.names[i];
  return runs;
}

Json fileJson(const char* role, const std::string& file) {
  return {{"role", role}, {"file", file}, {"sha256", sha256OfFile(file)}};
}

Json filesJson(const Arguments& arguments) {
  Json files = Json::array();
  for (const std::string& file : arguments.evaluations)
    files.push_back(fileJson("evaluation", file));
  for (const std::string& file : arguments.survey.files) files.push_back(fileJson("survey", file));
  for (const std::string& file : arguments.predictions) {
    files.push_back(fileJson("predictions", file));
  }
  return files;
}

Json historyJson(const std::filesystem::path& file) {
  Json history = Json::array();
  std::istringstream lines(readFile(file));
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    history.push_back(parseJson(line, linePlace(file.string(), number)));
  }
  return history;
}

Json trainingJson(const std::string& folder) {
  const std::filesystem::path path(folder);
  const auto record = path / "run.json";
  return {{"name", folder},
          {"record", parseJson(readFile(record), record.string())},
          {"history", historyJson(path / "history.jsonl")}};
}

// The items one by one, which need to know what was asked.
void addItems(Json& report, const Arguments& arguments, const std::vector<Run>& runs) {
  if (arguments.survey.files.empty()) return;
  const Survey survey = arguments.survey.load();
  report["survey"] = reportSurveyJson(survey);
  if (arguments.predictions.empty()) return;
  if (arguments.predictions.size() != runs.size()) {
    throw Error(fmt::format("there are {} files of predictions for {}",
                            arguments.predictions.size(), counted(runs.size(), "evaluation")),
                {}, "give as many, in the same order");
  }
  std::vector<Predictions> predictions;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    predictions.push_back(readPredictions(arguments.predictions[i]));
    checkEvaluationIsOf(runs[i].evaluation, survey, predictions[i], runs[i].file);
  }
  report["items"] = reportItemsJson(survey, predictions);
}

void writeLatex(const Arguments& arguments, const std::vector<Run>& runs) {
  std::vector<NamedEvaluation> named;
  for (const Run& one : runs) named.push_back({one.name, &one.evaluation});
  writeFileAtomically(arguments.latex, latexTable(named, arguments.title));
  print(fmt::format("a table of {} in {}\n", counted(runs.size(), "run"), arguments.latex));
}

void writePage(const Arguments& arguments, const std::vector<Run>& runs) {
  Json report{{"title", arguments.title},     {"canvass", CANVASS_VERSION},
              {"command", arguments.command}, {"metrics", metricsJson()},
              {"runs", Json::array()},        {"files", filesJson(arguments)},
              {"trainings", Json::array()}};
  for (const Run& one : runs) {
    report["runs"].push_back(
        {{"name", one.name}, {"file", one.file}, {"evaluation", shownOf(one.evaluation)}});
  }
  addItems(report, arguments, runs);
  for (const std::string& folder : arguments.trainings) {
    report["trainings"].push_back(trainingJson(folder));
  }
  const std::string page = reportPage(readFile(webFile("report.html")), report);
  writeFileAtomically(arguments.output, page);
  print(fmt::format("{} in {} ({:.1f} MB); open it in a browser\n", counted(runs.size(), "run"),
                    arguments.output, static_cast<double>(page.size()) / 1e6));
}

void run(const Arguments& arguments) {
  if (arguments.output.empty() && arguments.latex.empty()) {
    throw Error("there is nothing to write", {}, "give -o report.html, --latex table.tex, or both");
  }
  const std::vector<Run> runs = loadRuns(arguments);
  if (!arguments.latex.empty()) writeLatex(arguments, runs);
  if (!arguments.output.empty()) writePage(arguments, runs);
}

// As typed, for the page to say how it was made.
std::vector<std::string> commandOf(const CLI::App& verb) {
  std::vector<std::string> words = {"canvass", verb.get_name()};
  for (const CLI::Option* option : verb.get_options()) {
    if (option->count() == 0) continue;
    if (!option->get_positional()) words.push_back(option->get_name());
    for (const std::string& value : option->results()) {
      words.push_back(value.find_first_of(" \"'$") == value.npos ? value : "'" + value + "'");
    }
  }
  return words;
}

}  // namespace

void addReport(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("report", "Put results into one page for a browser");
  verb.add_option("evaluations", arguments->evaluations,
                  "what canvass evaluate --json FILE wrote, one or several")
      ->required();
  verb.add_option("--names", arguments->names,
                  "of the runs, separated by commas; otherwise those of the files")
      ->delimiter(',');
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "what was observed, for the words of questions and options", false);
  verb.add_option("--predictions", arguments->predictions,
                  "predictions.jsonl of each evaluation in turn, to see the items one by one")
      ->needs(verb.get_option("--survey"));
  verb.add_option("--training", arguments->trainings,
                  "folders that canvass train wrote, for settings and learning curves");
  verb.add_option("--title", arguments->title, "of the page")->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "page to write");
  verb.add_option("--latex", arguments->latex,
                  "write a table of figures, baselines and ceiling for a paper");
  verb.footer(
      "Example:\n  canvass evaluate --survey held-out.jsonl --train train.jsonl "
      "--predictions tuned.jsonl --json tuned.json\n"
      "  canvass report tuned.json --survey held-out.jsonl --predictions tuned.jsonl "
      "-o report.html");
  verb.callback([arguments, &verb] {
    arguments->command = commandOf(verb);
    run(*arguments);
  });
}

}  // namespace canvass
