#include "evaluation/compared_evaluation.h"

namespace canvass {

ComparedEvaluation evaluateWithBaselines(const Survey& observed, const Predictions& predictions,
                                         const Survey* training, const BaselineOptions& options) {
  ComparedEvaluation result;
  result.evaluation = evaluate(observed, predictions);
  const EvaluationOptions sameItems{.only = itemsOf(result.evaluation)};
  for (const Baseline& baseline : baselines()) {
    if (baseline.needsTraining && training == nullptr) continue;
    const Predictions predicted =
        baseline.predict(training != nullptr ? *training : Survey{}, observed, options);
    result.baselines.push_back({&baseline, evaluate(observed, predicted, sameItems)});
  }
  return result;
}

}  // namespace canvass
