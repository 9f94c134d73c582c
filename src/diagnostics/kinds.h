#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "diagnostics/figure.h"

namespace canvass {

// What a figure counts, for its denominator.
enum class DiagnosticUnit { items, shares, questions, pairsOfPopulations, pairsOfQuestions };

enum class DiagnosticFormat { number, percent, points };  // points: percentage points, from 0 to 1

// One figure of the diagnostics. To add one, write its draft, add its line to the table of kinds,
// and its entry in docs/judging.md.
struct DiagnosticKind {
  std::string_view id;     // its key in JSON
  std::string_view title;  // in a table
  DiagnosticUnit unit;
  DiagnosticFormat format;
  std::optional<double> ideal;  // of a prediction without a fault of this kind, if it is one number
  // What the figure says of the predictions: below, at and above the ideal; without an ideal only
  // `asIdeal`, whatever the figure.
  std::string_view below;
  std::string_view asIdeal;
  std::string_view above;
};

std::span<const DiagnosticKind> diagnosticKinds();
// Throws Error for an unknown one.
const DiagnosticKind& diagnosticKind(std::string_view id);

// Where a figure is, beside its ideal, beyond what chance may explain; unknown without an interval.
enum class Departure { unknown, below, none, above };
Departure departureOf(const DiagnosticKind& kind, const DiagnosticFigure& figure);

// The sentence that says so; empty if nothing can be said.
std::string_view sentenceOf(const DiagnosticKind& kind, const DiagnosticFigure& figure);

}  // namespace canvass
