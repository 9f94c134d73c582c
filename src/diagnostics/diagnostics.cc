#include "diagnostics/diagnostics.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "diagnostics/associations.h"
#include "diagnostics/change.h"
#include "diagnostics/closeness.h"
#include "diagnostics/crossing.h"
#include "diagnostics/deviations.h"
#include "diagnostics/estimates.h"
#include "diagnostics/gaps.h"
#include "diagnostics/signs.h"
#include "survey/shared_respondents.h"

namespace canvass {
namespace {

std::vector<Crossing> crossingsOf(const Survey& survey, std::span<const MatchedItem> items) {
  const std::vector<std::size_t> families = familiesOf(survey);
  std::vector<Crossing> crossings;
  for (const MatchedItem& matched : items) {
    const Item& item = survey.items[matched.item];
    crossings.push_back({item.question, families[item.population]});
  }
  return crossings;
}

void append(std::vector<FigureDraft>& drafts, std::vector<FigureDraft> more) {
  std::ranges::move(more, std::back_inserter(drafts));
}

std::vector<FigureDraft> draftsOf(const Survey& observed, std::span<const MatchedItem> items,
                                  const Estimates& estimates, const DiagnosticsOptions& options) {
  std::vector<FigureDraft> drafts{spreadWithin(observed, items, options.respondents)};
  append(drafts, deviationFigures(estimates));
  append(drafts, signFigures(observed, estimates));
  append(drafts, gapFigures(observed, items, estimates));
  std::vector<const Survey*> known{&observed};
  if (options.training != nullptr) known.push_back(options.training);
  append(drafts, changeFigures(observed, estimates, known, options.respondents));
  if (auto cutoff = cutoffFigure(observed, items, options.cutoff)) {
    drafts.push_back(std::move(*cutoff));
  }
  if (auto crossing = crossingFigure(observed, items)) drafts.push_back(std::move(*crossing));
  append(drafts, marginFigures(observed, items, {.assumedRespondents = options.respondents}));
  append(drafts, closenessFigures(observed, items));
  return drafts;
}

// Where all populations are predicted alike, there are no predicted differences to judge.
void leaveOutDifferences(std::vector<Diagnostic>& diagnostics) {
  constexpr std::string_view ofDifferences[] = {"deviation_slope",
                                                "deviation_correlation",
                                                "sign_errors",
                                                "clear_sign_errors",
                                                "exaggeration",
                                                "association_strength",
                                                "association_agreement",
                                                "association_sign_errors",
                                                "structure",
                                                "gap_correlation"};
  for (auto& [kind, group, figure] : diagnostics) {
    if (std::ranges::find(ofDifferences, kind->id) != std::end(ofDifferences)) figure = {};
  }
}

}  // namespace

Diagnostics diagnosticsOf(const Survey& observed, std::span<const MatchedItem> items,
                          const DiagnosticsOptions& options) {
  const Estimates estimates = estimatesOf(observed, items, options.respondents);
  Diagnostics result;
  result.items = estimates.items;
  result.itemsWithSize = estimates.itemsWithSize;
  const std::vector<FigureDraft> drafts = draftsOf(observed, items, estimates, options);
  const auto figures = estimateFigures(crossingsOf(observed, items), drafts, options.bootstrap);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    result.figures.push_back({&diagnosticKind(drafts[i].kind), drafts[i].group, figures[i]});
  }
  for (const auto& [kind, figure] : associationFigures(observed, estimates)) {
    result.figures.push_back({&diagnosticKind(kind), {}, figure});
  }
  if (!estimates.tellsPopulationsApart) leaveOutDifferences(result.figures);
  std::ranges::stable_sort(result.figures, {}, &Diagnostic::kind);
  result.parities = paritiesOf(observed, items);
  return result;
}

}  // namespace canvass
