#pragma once

#include <string>

#include "base/json.h"
#include "evaluation/specification_curve.h"
#include "report/comparison/comparison_report.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// {"items", "runs": [names], "criteria": [{"id", "title", "ideal", "runs": [{"value", "low",
// "high", "rank"}]}], "rank_correlations": [[...]]}: docs/comparing.md.
Json curveJson(const SpecificationCurve& curve);

// A row per run with its rank by every criterion, and which criteria disagree about the best.
std::string curveText(const SpecificationCurve& curve, const TerminalStyle& style = {});

// The request to the drawing code: the curve, and how the runs were made where that differs.
Json curvePictureRequest(const SpecificationCurve& curve, const MadeWith& madeWith,
                         const std::string& theme);

}  // namespace canvass
