#pragma once

#include <cmath>
#include <vector>

#include "base/random.h"
#include "stats/crossed_bootstrap.h"

namespace canvass::test {

// Scores of several runs on the same items: what is hard about an item is shared, and each run has
// normal effects of questions, populations and items of its own, around its own mean.
struct SimulatedRuns {
  std::vector<Crossing> items;
  std::vector<ItemColumn> columns;
};

struct RunEffects {
  std::size_t questions = 30, populations = 10;
  double ofQuestions = 0.0, ofPopulations = 0.0, ofItems = 1.0;
};

inline SimulatedRuns simulatedRuns(const std::vector<double>& means, const RunEffects& effects,
                                   RandomStream& random) {
  SimulatedRuns runs;
  std::vector<double> hard;
  for (std::size_t q = 0; q < effects.questions; ++q) {
    for (std::size_t p = 0; p < effects.populations; ++p) {
      runs.items.push_back({q, p});
      hard.push_back(2.0 * random.normal());
    }
  }
  for (const double mean : means) {
    std::vector<double> ofQuestion(effects.questions), ofPopulation(effects.populations);
    for (double& effect : ofQuestion) effect = effects.ofQuestions * random.normal();
    for (double& effect : ofPopulation) effect = effects.ofPopulations * random.normal();
    ItemColumn& column = runs.columns.emplace_back();
    for (std::size_t i = 0; i < hard.size(); ++i) {
      column.push_back(mean + hard[i] + ofQuestion[runs.items[i].question] +
                       ofPopulation[runs.items[i].population] + effects.ofItems * random.normal());
    }
  }
  return runs;
}

}  // namespace canvass::test
