#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "predictions/prediction_match.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// Post-stratification of predicted groups: what a population of known composition would answer if
// each of its cells (sex by age by region ...) answered as predicted. The P of multilevel
// regression and post-stratification (Gelman & Little 1997, Survey Methodology 23(2)), with a
// model's predictions in place of the regression's.

// One cell of the population, by the attributes that make it, and how many belong to it (in any
// unit).
struct PopulationCell {
  std::map<std::string, std::string> attributes;
  double amount = 0.0;
};

struct PoststratifiedTarget {
  std::string id;  // of the population that it is in the survey, else made of its values
  std::string name;
  std::size_t cells = 0;
  // Sum of the cells' squared shares: 1 / this is the number of equal cells that would average the
  // cells' own errors as much.
  double concentration = 1.0;
};

// How far predicted shares of cells were from observed ones, without what sampling explains.
struct CellErrors {
  std::size_t cells = 0;  // items that were predicted and observed
  std::size_t questions = 0;
  double common =
      0.0;           // root mean square of what all cells of a question and target have in common
  double own = 0.0;  // likewise of what is a cell's own

  // Root mean squared error of a post-stratified share: a cell's own errors average out, those in
  // common do not.
  double of(const PoststratifiedTarget& target) const;
};

struct Poststratification {
  std::vector<PoststratifiedTarget> targets;
  Predictions predictions;           // of the targets
  std::optional<CellErrors> errors;  // nothing if no target has 2 observed cells of a question
  std::vector<Skipped> skipped;      // questions of a target that lack predictions of cells
};

// The survey gives the questions and, by their attributes, the populations that are cells; its
// observed shares of cells, if any, say how far predictions are off. `by`: attributes that divide
// the cells into targets; none: everyone. Throws Error for cells of different attributes, an
// attribute of `by` that cells do not have, a cell that no population of the survey is, and if
// nothing can be estimated.
Poststratification poststratify(const Survey& survey, const Predictions& predictions,
                                const std::vector<PopulationCell>& cells,
                                const std::vector<std::string>& by);

}  // namespace canvass
