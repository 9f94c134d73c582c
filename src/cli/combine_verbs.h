#pragma once

namespace CLI {
class App;
}

namespace canvass {

// The verbs of `canvass combine`: combine several predictors into one; estimate from a few
// respondents and predictions; measure how good such estimates are on samples drawn from a survey;
// weight predictions of crossed groups to a population's composition.
void addCombineFit(CLI::App& combine);
void addCombineEstimate(CLI::App& combine);
void addCombineSimulate(CLI::App& combine);
void addCombinePoststratify(CLI::App& combine);

}  // namespace canvass
