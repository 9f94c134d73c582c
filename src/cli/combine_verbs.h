#pragma once

namespace CLI {
class App;
}

namespace canvass {

// The verbs of `canvass combine`: several predictors as one; estimates from a few respondents and
// predictions; what such estimates are worth, by samples drawn from a survey.
void addCombineFit(CLI::App& combine);
void addCombineEstimate(CLI::App& combine);
void addCombineSimulate(CLI::App& combine);

}  // namespace canvass
