#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/compared_evaluation.h"
#include "evaluation/evaluation.h"
#include "evaluation/uncertainty.h"
#include "report/terminal/terminal_text.h"
#include "survey/survey.h"

namespace canvass {

// Results as texts for a terminal. Nothing here prints: every function returns whole lines, each
// ending in a newline.

struct TableColumn {
  std::string title;
  const Evaluation* evaluation;
  bool isCeiling = false;  // what a second sample scores: never the best of its row
  // By itemMetrics(), or empty: the 95% intervals of its figures, shown for the first column, and
  // whether chance alone explains how far they are from the first column's.
  Intervals intervals = {};
  std::vector<bool> isNoise = {};
};

// A model's evaluation followed by those of its baselines and the noise ceiling if there is one.
// `title` heads the model's column; empty takes the model's name.
std::vector<TableColumn> columnsOf(const ComparedEvaluation& compared,
                                   const std::string& title = {});

// Gives the first column the intervals of its run, and every other column, which must be those of
// the other runs and then of the baselines, as columnsOf orders them, whether its differences from
// the first are noise. A ceiling's are not judged.
void markNoise(std::vector<TableColumn>& columns, const Uncertainty& first);

// One row per metric, one column per predictor (models first, then baselines), at least one. Shows
// which direction is better, how many items each row covers, and which columns cover other items;
// marks the best of a row among the columns that cover as many items as the first, or that chance
// may explain a difference from the first. The first column's intervals are below its figures. Long
// titles take several lines, and columns that do not fit next to the others are in further tables
// below. The items that an evaluation skipped are not counted here: see skippedSummary.
std::string headlineTable(const std::vector<TableColumn>& columns, const TerminalStyle& style = {});

enum class Grouping { topic, population };

// One metric by topic or by population: one row per group of the first column's evaluation, one
// column per predictor, and the number of items. A predictor that has other items of a group shows
// a dash. Throws Error for an unknown metric.
std::string groupTable(const std::vector<TableColumn>& columns, Grouping grouping,
                       std::string_view metric = "js_similarity", const TerminalStyle& style = {});

// How one metric of an evaluation compares with real samples: the share achieved of the way from
// uniform to the noise ceiling, and the equivalent sample size, with their 95% intervals if
// `uncertainty` is given; empty if neither was computed. Throws Error for an unknown metric.
std::string sampleComparison(const std::string& title, const ComparedEvaluation& compared,
                             std::string_view metric = "js_similarity",
                             const TerminalStyle& style = {},
                             const Uncertainty* uncertainty = nullptr);

// What an evaluation left out, by reason, with up to `examples` of each; empty if nothing was.
std::string skippedSummary(const std::vector<Skipped>& skipped, std::size_t examples = 3,
                           const TerminalStyle& style = {});

// "12 items left out, such as question q1 and population jp (no prediction)"; empty if none was.
// `what`: one of them.
std::string leftOutText(const std::vector<Skipped>& skipped, const char* what,
                        const TerminalStyle& style = {});

// One item: its question, its population, and for each option what was observed and predicted.
// Bars are drawn to the scale of the largest share.
std::string itemBars(const Question& question, const Population& population,
                     const Distribution& observed, const Distribution& predicted,
                     const TerminalStyle& style = {});
// The same if only a prediction is known.
std::string predictionBars(const Question& question, const Population& population,
                           const Distribution& predicted, const TerminalStyle& style = {});

// The `count` best and worst items of an evaluation by a metric, one line per item; ties in the
// survey's order. `survey`: the observed one that was evaluated. Throws Error for an unknown
// metric.
std::string bestAndWorstItems(const Survey& survey, const Evaluation& evaluation,
                              std::size_t count = 5, const TerminalStyle& style = {},
                              std::string_view metric = "js_similarity");

}  // namespace canvass
