#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "microdata/draft/known_surveys.h"
#include "microdata/draft/observed_codes.h"
#include "microdata/variable.h"

namespace canvass {

// A variable whose name or label calls it a weight.
struct WeightCandidate {
  std::size_t variable = 0;  // index
  std::string unusable;      // why it cannot be one; empty if it can
  std::string doubt;         // why it is not taken unless somebody says so; empty if it is

  bool isTaken() const { return unusable.empty() && doubt.empty(); }
};

// The best one first: the file's own, those that the institute advises, then by name and label.
// What people weigh is no survey weight: "weight_kg", "Birth weight", and numbers such as bodies
// weigh. `known`: may be null.
std::vector<WeightCandidate> findWeights(const std::vector<Variable>& variables,
                                         const std::vector<ObservedCodes>& observed,
                                         const KnownSurvey* known);

// "mean 1.02, 0.21 to 4.37, design effect 1.31": Kish's, n sum(w^2) / sum(w)^2.
std::string weightFigures(const ObservedCodes& observed);

}  // namespace canvass
