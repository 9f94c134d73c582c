#include "evaluation/compared_evaluation.h"

namespace canvass {

ComparedEvaluation evaluateWithBaselines(const Survey& observed, const Predictions& predictions,
                                         const Survey* training, std::size_t neighbors) {
  ComparedEvaluation result;
  result.evaluation = evaluate(observed, predictions);
  const EvaluationOptions sameItems{.only = itemsOf(result.evaluation)};
  for (const Baseline& baseline : baselines()) {
    if (!baseline.inEveryEvaluation) continue;
    if (baseline.training == TrainingUse::required && training == nullptr) continue;
    const Predictions predicted =
        predictForEvaluation(baseline, training, observed, {.neighbors = neighbors});
    result.baselines.push_back({&baseline, evaluate(observed, predicted, sameItems)});
  }
  return result;
}

}  // namespace canvass
