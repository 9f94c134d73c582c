#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "predictions/predictions.h"
#include "survey/distribution.h"
#include "survey/survey.h"

namespace canvass {

// What predictors that complete the table of populations x questions have in common: the cells they
// learn from, the choice of their settings by cross-validation, and their predictions of items.

// What a population answered to a question, by their indices in the training survey.
struct AnsweredCell {
  std::size_t population;
  std::size_t question;
  const Distribution* shares;  // must outlive the cell
};

using AnsweredCells = std::vector<AnsweredCell>;

// A fitted predictor of cells: empty if it knows nothing about the population or the question.
using CellPredictor = std::function<Distribution(std::size_t population, std::size_t question)>;

// The observed items of the training survey except those to be predicted. Throws Error if fewer
// than `minCells` are left.
AnsweredCells cellsToLearnFrom(const Survey& training, const Survey& items, std::size_t minCells);

// The same cells in a random order, to be dealt out to folds.
AnsweredCells shuffledCells(AnsweredCells cells, std::uint64_t seed, std::string_view stream);

// Mean js_similarity over the cells that can be predicted, cell i by what `fit` returns for all
// cells of other folds than i modulo `folds` (at least 2). 0 if none can be.
double crossValidate(const AnsweredCells& cells, std::size_t folds,
                     const std::function<CellPredictor(const AnsweredCells&)>& fit);

// Predictions of the items by a predictor fitted on cells of the training survey. Throws Error if
// a question has other options there.
Predictions predictCells(std::string_view name, const Survey& training, const Survey& items,
                         const CellPredictor& predictor);

}  // namespace canvass
