#include "diagnostics/kinds.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace canvass {
namespace {

constexpr std::optional<double> noIdeal = std::nullopt;
constexpr double rounding = 1e-9;

constexpr DiagnosticKind kinds[] = {
    {"dispersion_within", "Spread of answers, ratio", DiagnosticUnit::items,
     DiagnosticFormat::number, 1.0,
     "answers within a population are predicted to be less spread than they are",
     "answers within a population are as spread as predicted",
     "answers within a population are predicted to be more spread than they are"},
    {"dispersion_between", "Variance between populations, ratio", DiagnosticUnit::items,
     DiagnosticFormat::number, 1.0,
     "flattened: populations are predicted to be more alike than they are",
     "populations are predicted to differ as much as they do",
     "populations are predicted to differ more than they do"},
    {"deviation_slope", "Observed per predicted difference", DiagnosticUnit::items,
     DiagnosticFormat::number, 1.0,
     "predicted differences between populations are too large: shrink them by this factor",
     "a predicted difference between populations is as large as it should be",
     "predicted differences between populations are too small: widen them by this factor"},
    {"deviation_correlation",
     "Correlation of differences",
     DiagnosticUnit::items,
     DiagnosticFormat::number,
     noIdeal,
     {},
     "how well differences between populations are told, whatever their size; 1 is best",
     {}},
    {"level_slope", "Observed per predicted level", DiagnosticUnit::items, DiagnosticFormat::number,
     1.0, "questions are predicted to differ in their levels more than they do",
     "levels of questions are as far apart as predicted",
     "questions are predicted to differ in their levels less than they do"},
    {"level_intercept", "Observed level where 0 is predicted", DiagnosticUnit::items,
     DiagnosticFormat::number, 0.0,
     "the line of levels starts below 0: low ones are predicted too high",
     "the line of levels starts at 0",
     "the line of levels starts above 0: low ones are predicted too low"},
    {"error",
     "Root mean square error, points",
     DiagnosticUnit::items,
     DiagnosticFormat::points,
     noIdeal,
     {},
     "of means on a scale from 0 to 100, and of shares of nominal options; 0 is best",
     {}},
    {"sign_errors",
     "Pairs called different, reversed",
     DiagnosticUnit::pairsOfPopulations,
     DiagnosticFormat::percent,
     noIdeal,
     {},
     "type S: of pairs of populations that the prediction calls different, those that differ the "
     "other way; ties count half",
     {}},
    {"clear_sign_errors",
     "Of these where the survey is sure",
     DiagnosticUnit::pairsOfPopulations,
     DiagnosticFormat::percent,
     noIdeal,
     {},
     "type S where the survey's own sampling error does not explain it",
     {}},
    {"exaggeration", "Right differences, size ratio", DiagnosticUnit::pairsOfPopulations,
     DiagnosticFormat::number, 1.0,
     "understated: differences that are told the right way are predicted too small",
     "differences that are told the right way have the right size",
     "exaggerated: differences that are told the right way are predicted too large"},
    {"association_strength", "Strength of associations, ratio", DiagnosticUnit::pairsOfQuestions,
     DiagnosticFormat::number, 1.0,
     "answers to different questions are predicted to go together less than they do",
     "answers to different questions go together as much as predicted",
     "answers to different questions are predicted to go together more than they do"},
    {"association_agreement",
     "Congruence of associations",
     DiagnosticUnit::pairsOfQuestions,
     DiagnosticFormat::number,
     noIdeal,
     {},
     "whether the questions that go together are told; 1 is best",
     {}},
    {"association_sign_errors",
     "Associations with the wrong sign",
     DiagnosticUnit::pairsOfQuestions,
     DiagnosticFormat::percent,
     noIdeal,
     {},
     "of the observed correlations between questions that are beyond chance",
     {}},
    {"structure",
     "Likeness of maps (RV coefficient)",
     DiagnosticUnit::questions,
     DiagnosticFormat::number,
     noIdeal,
     {},
     "how alike the maps of populations are that predicted and observed answers draw; 1 is best",
     {}},
    {"gap_slope", "Gaps, predicted per observed", DiagnosticUnit::items, DiagnosticFormat::number,
     1.0, "the groups are predicted to be more alike than they are",
     "the groups are predicted to be as far apart as they are",
     "stereotyped: the groups are predicted to be further apart than they are"},
    {"gap_correlation",
     "Correlation of gaps",
     DiagnosticUnit::items,
     DiagnosticFormat::number,
     noIdeal,
     {},
     "how well the gaps between these groups are told, whatever their size; 1 is best",
     {}},
    {"crossing",
     "Groups' mix against the whole, points",
     DiagnosticUnit::items,
     DiagnosticFormat::points,
     noIdeal,
     {},
     "total variation: groups, weighted by their size, should give the whole; beside it what the "
     "survey's own groups give",
     {}},
    {"change_slope", "Observed per predicted change", DiagnosticUnit::items,
     DiagnosticFormat::number, 1.0,
     "changes since the last wave are predicted too large, or partly wrong",
     "changes since the last wave are as large as predicted",
     "changes since the last wave are predicted too small"},
    {"change_skill", "Skill over the last wave", DiagnosticUnit::items, DiagnosticFormat::number,
     0.0, "the last wave's answers are the better prediction",
     "no better and no worse than the last wave's answers",
     "better than the last wave's answers: the share of the squared change that is predicted"},
    {"change_sign_errors",
     "Predicted changes, reversed",
     DiagnosticUnit::items,
     DiagnosticFormat::percent,
     noIdeal,
     {},
     "of those that are predicted to have changed, those that changed the other way",
     {}},
    {"cutoff_difference", "JS similarity before less after the cut-off", DiagnosticUnit::items,
     DiagnosticFormat::number, 0.0, "items from after the cut-off are predicted better",
     "items from before the cut-off are predicted as well as those from after it",
     "items from before the cut-off are predicted better: the model may have read the results"},
    {"shares_within_margin",
     "Shares within the survey's margin",
     DiagnosticUnit::shares,
     DiagnosticFormat::percent,
     noIdeal,
     {},
     "as near to the survey as its own sampling error of 95%; beside it what a perfect prediction "
     "would reach",
     {}},
    {"items_within_margin",
     "Items with all shares within it",
     DiagnosticUnit::items,
     DiagnosticFormat::percent,
     noIdeal,
     {},
     "beside it what a perfect prediction would reach",
     {}},
    {"simbench",
     "SimBench score",
     DiagnosticUnit::items,
     DiagnosticFormat::number,
     noIdeal,
     {},
     "100 is a perfect prediction, 0 as good as uniform",
     {}},
    {"overlap",
     "Overlap of distributions",
     DiagnosticUnit::items,
     DiagnosticFormat::percent,
     noIdeal,
     {},
     "the share of answers that is predicted as it was given; 100% is best",
     {}},
    {"ks",
     "Kolmogorov-Smirnov distance, points",
     DiagnosticUnit::items,
     DiagnosticFormat::points,
     noIdeal,
     {},
     "the largest difference of cumulative shares, of ordered questions; 0 is best",
     {}},
};

}  // namespace

std::span<const DiagnosticKind> diagnosticKinds() { return kinds; }

const DiagnosticKind& diagnosticKind(std::string_view id) {
  const auto found = std::ranges::find(kinds, id, &DiagnosticKind::id);
  if (found == std::end(kinds)) throw Error(fmt::format("there is no diagnostic {}", id));
  return *found;
}

Departure departureOf(const DiagnosticKind& kind, const DiagnosticFigure& figure) {
  if (!kind.ideal || !figure.value || !figure.interval) return Departure::unknown;
  if (figure.interval->high < *kind.ideal - rounding) return Departure::below;
  return figure.interval->low > *kind.ideal + rounding ? Departure::above : Departure::none;
}

std::string_view sentenceOf(const DiagnosticKind& kind, const DiagnosticFigure& figure) {
  if (!figure.value) return {};
  if (!kind.ideal) return kind.asIdeal;
  switch (departureOf(kind, figure)) {
    case Departure::below:
      return kind.below;
    case Departure::none:
      return kind.asIdeal;
    case Departure::above:
      return kind.above;
    case Departure::unknown:
      break;
  }
  return {};
}

}  // namespace canvass
