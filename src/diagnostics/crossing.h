#pragma once

#include <optional>
#include <span>

#include "diagnostics/figure.h"
#include "predictions/prediction_match.h"

namespace canvass {

// Whether predicted groups, weighted by how many they are, mix to the predicted whole: the total
// variation between the two, for each population and each attribute that divides it further and of
// which several values were predicted. Its reference is the same of the observed groups, which in a
// weighted survey do not give the whole exactly either. Nothing if no population is so divided, or
// nothing says how many people the groups have.
std::optional<FigureDraft> crossingFigure(const Survey& observed,
                                          std::span<const MatchedItem> items);

}  // namespace canvass
