#include "report/evaluation/evaluation_text.h"

#include "predictions/named_predictions.h"
#include "report/evaluation/calibration_json.h"
#include "report/evaluation/diagnostics_report.h"
#include "report/intervals/interval_report.h"

namespace canvass {
namespace {

std::vector<std::string> titlesOf(const std::vector<RunEvaluation>& runs) {
  std::vector<std::string> names;
  for (const RunEvaluation& run : runs) names.push_back(run.name);
  return runTitles(names);
}

std::vector<TitledDiagnostics> titledDiagnostics(const std::vector<std::string>& titles,
                                                 const std::vector<RunEvaluation>& runs) {
  std::vector<TitledDiagnostics> titled;
  for (std::size_t i = 0; i < runs.size(); ++i) titled.push_back({titles[i], &runs[i].diagnostics});
  return titled;
}

}  // namespace

std::vector<TableColumn> columnsOfRuns(const std::vector<RunEvaluation>& runs) {
  const std::vector<std::string> titles = titlesOf(runs);
  std::vector<TableColumn> columns;
  for (std::size_t i = 0; i < runs.size(); ++i) columns.push_back({titles[i], &runs[i].evaluation});
  const auto first = columnsOf(runs.front());
  columns.insert(columns.end(), first.begin() + 1, first.end());
  markNoise(columns, runs.front().uncertainty);
  return columns;
}

std::string evaluationText(const Survey& observed, const std::vector<RunEvaluation>& runs,
                           const EvaluationTextOptions& options, const TerminalStyle& style) {
  const std::vector<std::string> titles = titlesOf(runs);
  const std::vector<TableColumn> columns = columnsOfRuns(runs);
  std::string text = headlineTable(columns, style);
  for (const Grouping by : options.by) {
    text += "\n" + groupTable(columns, by, options.metric, style);
  }
  text += "\n";
  for (std::size_t i = 0; i < runs.size(); ++i) {
    text += sampleComparison(titles[i], runs[i], options.metric, style, &runs[i].uncertainty);
    text += calibrationSummary(titles[i], runs[i].calibration, style);
  }
  text += "\n" + diagnosticsText(titledDiagnostics(titles, runs), style);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!runs[i].intervals) continue;
    text += "\n" + (runs.size() > 1 ? paragraph(titles[i], style) : "") +
            coverageText(*runs[i].intervals, style);
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const RunEvaluation& run = runs[i];
    std::string ofItems = skippedSummary(run.evaluation.skipped, 3, style);
    if (options.examples > 0) {
      ofItems += "\n" + bestAndWorstItems(observed, run.evaluation, options.examples, style);
    }
    if (ofItems.empty()) continue;
    if (runs.size() > 1) {
      text += "\n" + paragraph(titles[i], style);
    } else if (!run.evaluation.skipped.empty()) {
      text += "\n";
    }
    text += ofItems;
  }
  return text;
}

}  // namespace canvass
