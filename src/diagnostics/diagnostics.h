#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnostics/figure.h"
#include "diagnostics/kinds.h"
#include "diagnostics/parity.h"
#include "predictions/prediction_match.h"
#include "survey/survey.h"

namespace canvass {

struct Diagnostic {
  const DiagnosticKind* kind = nullptr;
  std::string group;  // the attribute it is about, if it is about one
  DiagnosticFigure figure;
};

// What reviewers of predicted surveys ask beyond the mean error: spread, structure, signs, gaps,
// parity, and how much of the error is the survey's own. docs/judging.md has a page on each.
struct Diagnostics {
  std::vector<Diagnostic> figures;  // in the order of kinds
  std::vector<Parity> parities;
  std::size_t items = 0;
  std::size_t itemsWithSize = 0;  // whose sampling error figures are corrected for
};

struct DiagnosticsOptions {
  const Survey* training = nullptr;  // earlier waves may be in it, or in the observed survey
  std::string cutoff = {};           // the model's, a date (survey/dates.h); empty: not asked for
  std::optional<double> respondents = {};  // assumed for items of which nothing is known
  BootstrapOptions bootstrap = {};
};

// Of at least one item; all must be observed.
Diagnostics diagnosticsOf(const Survey& observed, std::span<const MatchedItem> items,
                          const DiagnosticsOptions& options = {});

}  // namespace canvass
