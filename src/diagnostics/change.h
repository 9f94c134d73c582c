#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnostics/estimates.h"
#include "diagnostics/figure.h"

namespace canvass {

// Of populations that were asked the same in an earlier wave (survey/waves.h), by one of `known`:
// whether the change since then is predicted, in its direction and size, and how much better the
// predictions are than the last wave's answers. Empty if there is no such item. Definitions are in
// docs/judging.md.
std::vector<FigureDraft> changeFigures(const Survey& observed, const Estimates& estimates,
                                       std::span<const Survey* const> known,
                                       std::optional<double> assumedRespondents);

// How much better items are predicted that were asked up to a date (the model's training cut-off)
// than those after it, by js_similarity: an item's date is its population's, or else its
// question's. Nothing if there are not items on both sides.
std::optional<FigureDraft> cutoffFigure(const Survey& observed, std::span<const MatchedItem> items,
                                        const std::string& cutoff);

}  // namespace canvass
