#pragma once

#include <optional>

#include "transfer/transfer_model.h"

namespace canvass {

// Of new questions: how observed deviations of populations follow from predicted ones, a linear map
// over populations that is learned from all questions that were observed, shrunk towards a multiple
// of the identity. `penalty`: of the ridge regression, in units of the predictions' variance;
// nothing: only the multiple.
CellCorrector fitQuestionTransfer(const AnswerTable& table, std::optional<double> penalty);

// Of new populations: the level of each question is that which was observed; how deviations from it
// follow from predicted ones is learned from the populations that were observed, each by how alike
// its predictions are (ridge regression with a linear kernel).
CellCorrector fitPopulationTransfer(const AnswerTable& table, bool takesSlope,
                                    std::optional<double> penalty);

}  // namespace canvass
