#include "tasks/report_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "predictions/named_predictions.h"
#include "report/checklist/checklist.h"
#include "report/evaluation/latex_table.h"
#include "report/page/report_json.h"
#include "report/terminal/terminal_text.h"
#include "tasks/drawing.h"

namespace canvass {
namespace {

struct EvaluatedRun {
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
  throw Error("this is not an evaluation", file,
              "give files that canvass evaluate --json FILE wrote");
}

// What evaluate calls the run: its file of predictions. Empty in files that it wrote before it did.
std::string predictionsOf(const Json& evaluation) {
  return evaluation.is_object() ? evaluation.value("name", "") : "";
}

bool areDifferent(const std::vector<std::string>& names) {
  return std::set<std::string>(names.begin(), names.end()).size() == names.size();
}

// The files of predictions that a list of evaluations is of; empty if one is not known, or if two
// are the same.
std::vector<std::string> filesInList(const Json& list) {
  std::vector<std::string> files;
  for (const Json& one : list) files.push_back(predictionsOf(one));
  const bool areKnown = std::ranges::find(files, "") == files.end();
  return areKnown && areDifferent(files) ? files : std::vector<std::string>();
}

// Runs that are called by files are named after them as briefly as tells them apart: by stems, by
// whole names, or together with the file of their evaluation.
void nameBriefly(std::vector<EvaluatedRun>& runs) {
  std::vector<std::string> files;
  for (const EvaluatedRun& run : runs) files.push_back(run.name);
  const std::vector<std::string> titles = runTitles(files);
  const bool areTold = areDifferent(titles);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::string stem = std::filesystem::path(runs[i].file).stem().string();
    runs[i].name = areTold ? titles[i] : fmt::format("{} {}", stem, titles[i]);
  }
}

// Calls the other runs in each one's differences as the report does.
void nameDifferences(std::vector<EvaluatedRun>& runs) {
  const Json::json_pointer path("/differences/predictions");
  for (EvaluatedRun& run : runs) {
    if (!run.evaluation.contains(path)) continue;
    Json named = Json::object();
    for (const auto& [predictions, difference] : run.evaluation[path].items()) {
      const auto other = std::ranges::find_if(runs, [&, of = predictions](const EvaluatedRun& one) {
        return one.file == run.file && predictionsOf(one.evaluation) == of;
      });
      named[other == runs.end() ? predictions : other->name] = difference;
    }
    run.evaluation[path] = std::move(named);
  }
}

// One run for an object; one for each of a list, which evaluate writes for several predictions.
// Each is called by its file.
std::vector<EvaluatedRun> runsInFile(const std::string& file) {
  const Json content = parseJson(readFile(file), file);
  const std::string stem = std::filesystem::path(file).stem().string();
  std::vector<EvaluatedRun> runs;
  if (!content.is_array()) {
    runs.push_back({file, file, content});
  } else {
    const std::vector<std::string> files = filesInList(content);
    for (std::size_t i = 0; i < content.size(); ++i) {
      const std::string numbered = fmt::format("{} {}", stem, i + 1);
      runs.push_back({files.empty() ? numbered : files[i], file, content[i]});
    }
  }
  for (const EvaluatedRun& run : runs) checkEvaluation(run.evaluation, file);
  return runs;
}

std::vector<EvaluatedRun> loadRuns(const ReportTask& task) {
  std::vector<EvaluatedRun> runs;
  for (const std::string& file : task.evaluations) {
    for (EvaluatedRun& run : runsInFile(file)) runs.push_back(std::move(run));
  }
  if (runs.empty()) throw Error("there is no evaluation in these files");
  if (!task.names.empty() && task.names.size() != runs.size()) {
    throw Error(fmt::format("there are {} names for {}", task.names.size(),
                            counted(runs.size(), "evaluation")));
  }
  nameBriefly(runs);
  for (std::size_t i = 0; i < task.names.size(); ++i) runs[i].name = task.names[i];
  nameDifferences(runs);
  return runs;
}

Json fileJson(const char* role, const std::string& file) {
  return {{"role", role}, {"file", file}, {"sha256", sha256OfFile(file)}};
}

Json filesJson(const ReportTask& task) {
  Json files = Json::array();
  for (const std::string& file : task.evaluations) files.push_back(fileJson("evaluation", file));
  for (const std::string& file : task.surveyFiles) files.push_back(fileJson("survey", file));
  for (const std::string& file : task.predictions) {
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

// Of each run; empty if none are given.
std::vector<Predictions> predictionsOfRuns(const ReportTask& task,
                                           const std::vector<EvaluatedRun>& runs) {
  if (task.predictions.empty() || !task.survey) return {};
  if (task.predictions.size() != runs.size()) {
    throw Error(
        fmt::format("{} of predictions cannot go with {}", counted(task.predictions.size(), "file"),
                    counted(runs.size(), "evaluation")),
        {}, "give as many, in the same order");
  }
  std::vector<Predictions> predictions;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    predictions.push_back(readPredictions(task.predictions[i]));
    checkEvaluationIsOf(runs[i].evaluation, *task.survey, predictions[i], runs[i].file);
  }
  return predictions;
}

// The items one by one, which need to know what was asked.
void addItemsOfRuns(Json& report, const ReportTask& task,
                    const std::vector<Predictions>& predictions) {
  if (!task.survey) return;
  report["survey"] = reportSurveyJson(*task.survey);
  if (!predictions.empty()) report["items"] = reportItemsJson(*task.survey, predictions);
}

std::vector<ChecklistSection> checklistOfRuns(const ReportTask& task,
                                              const std::vector<EvaluatedRun>& runs,
                                              const std::vector<Predictions>& predictions) {
  ChecklistSources sources{CANVASS_VERSION, task.survey ? &*task.survey : nullptr, {}, {}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    std::optional<PredictionSource> source;
    if (!predictions.empty()) source = predictions[i];
    sources.runs.push_back({runs[i].name, &runs[i].evaluation, std::move(source)});
  }
  std::vector<Json> records;
  for (const std::string& folder : task.trainings) {
    records.push_back(trainingJson(folder)["record"]);
  }
  for (const Json& record : records) sources.trainings.push_back(&record);
  return checklistOf(sources);
}

std::string tableOfRuns(const ReportTask& task, const std::vector<EvaluatedRun>& runs) {
  std::vector<NamedEvaluation> named;
  for (const EvaluatedRun& one : runs) named.push_back({one.name, &one.evaluation});
  return latexTable(named, task.title);
}

std::string pageOfRuns(const ReportTask& task, const std::vector<EvaluatedRun>& runs,
                       const std::vector<Predictions>& predictions) {
  Json report{{"title", task.title},       {"canvass", CANVASS_VERSION}, {"command", task.command},
              {"metrics", metricsJson()},  {"runs", Json::array()},      {"files", filesJson(task)},
              {"trainings", Json::array()}};
  for (const EvaluatedRun& one : runs) {
    report["runs"].push_back(
        {{"name", one.name}, {"file", one.file}, {"evaluation", shownOf(one.evaluation)}});
  }
  addItemsOfRuns(report, task, predictions);
  for (const std::string& folder : task.trainings) {
    report["trainings"].push_back(trainingJson(folder));
  }
  report["checklist"] = checklistJson(checklistOfRuns(task, runs, predictions));
  return reportPage(readFile(webFile("report.html")), report);
}

}  // namespace

Report makeReport(const ReportTask& task) {
  for (const auto* files : {&task.evaluations, &task.predictions, &task.trainings}) {
    requireDistinctFiles({files->begin(), files->end()});
  }
  const std::vector<EvaluatedRun> runs = loadRuns(task);
  const std::vector<Predictions> predictions = predictionsOfRuns(task, runs);
  Report report{runs.size(), {}, {}, {}};
  if (task.table) report.table = tableOfRuns(task, runs);
  if (task.checklist) {
    report.checklist = checklistMarkdown(checklistOfRuns(task, runs, predictions), task.title);
  }
  if (task.page) report.page = pageOfRuns(task, runs, predictions);
  return report;
}

}  // namespace canvass
