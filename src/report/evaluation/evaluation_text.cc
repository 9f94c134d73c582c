#include "report/evaluation/evaluation_text.h"

#include <filesystem>

#include "report/evaluation/calibration_json.h"

namespace canvass {
namespace {

std::string titleOfRun(const RunEvaluation& run) {
  return std::filesystem::path(run.name).stem().string();
}

std::vector<TableColumn> columnsOfRuns(const std::vector<RunEvaluation>& runs) {
  std::vector<TableColumn> columns;
  for (const RunEvaluation& run : runs) columns.push_back({titleOfRun(run), &run.evaluation});
  const auto first = columnsOf(runs.front());
  columns.insert(columns.end(), first.begin() + 1, first.end());
  markNoise(columns, runs.front().uncertainty);
  return columns;
}

}  // namespace

std::string evaluationText(const Survey& observed, const std::vector<RunEvaluation>& runs,
                           const EvaluationTextOptions& options, const TerminalStyle& style) {
  const std::vector<TableColumn> columns = columnsOfRuns(runs);
  std::string text = headlineTable(columns, style);
  for (const Grouping by : options.by) {
    text += "\n" + groupTable(columns, by, options.metric, style);
  }
  text += "\n";
  for (const RunEvaluation& run : runs) {
    text += sampleComparison(titleOfRun(run), run, options.metric, style, &run.uncertainty);
    text += calibrationSummary(titleOfRun(run), run.calibration, style);
  }
  for (const RunEvaluation& run : runs) {
    if (runs.size() > 1) text += "\n" + titleOfRun(run) + "\n";
    text += skippedSummary(run.evaluation.skipped, 3, style);
    if (options.examples > 0) {
      text += "\n" + bestAndWorstItems(observed, run.evaluation, options.examples, style);
    }
  }
  return text;
}

}  // namespace canvass
