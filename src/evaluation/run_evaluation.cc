#include "evaluation/run_evaluation.h"

#include <map>
#include <utility>

#include "base/error.h"

namespace canvass {
namespace {

// What real samples reach, once for all runs of the same items.
class SampleReach {
 public:
  SampleReach(const Survey& observed, const RunEvaluationOptions& options)
      : observed_(observed), options_(options) {}

  std::optional<NoiseCeiling> ceilingOf(const Evaluation& evaluation) {
    const auto [known, isNew] = ceilings_.try_emplace(itemsOf(evaluation));
    if (isNew) {
      known->second = noiseCeiling(observed_, evaluation, {.respondents = options_.respondents});
      return known->second;
    }
    if (!known->second) return std::nullopt;
    return ceilingFor(*known->second, observed_, evaluation);
  }

  void addEquivalents(RunEvaluation& run) {
    run.equivalents.resize(itemMetrics().size());
    run.uncertainty.equivalents.resize(itemMetrics().size());
    for (const std::size_t metric : options_.equivalents) {
      SampleCurve& curve = curveOf(run.evaluation, metric);
      const double figure = run.evaluation.metrics.means[metric].mean;
      run.equivalents[metric] = curve.sizeScoring(figure);
      run.uncertainty.equivalents[metric] = equivalentSizeInterval(
          observed_, run.evaluation, metric, curve, *run.equivalents[metric], options_.bootstrap);
    }
  }

 private:
  using Items = std::vector<std::size_t>;

  SampleCurve& curveOf(const Evaluation& evaluation, std::size_t metric) {
    const Items items = itemsOf(evaluation);
    return curves_.try_emplace({items, metric}, observed_, items, metric).first->second;
  }

  const Survey& observed_;
  const RunEvaluationOptions& options_;
  std::map<Items, std::optional<NoiseCeiling>> ceilings_;
  std::map<std::pair<Items, std::size_t>, SampleCurve> curves_;
};

ComparedEvaluation compared(const Survey& observed, const NamedPredictions& run,
                            const Survey* training, const RunEvaluationOptions& options) {
  ComparedEvaluation result =
      evaluateWithBaselines(observed, run.predictions, training, options.neighbors);
  result.name = run.name;
  if (!result.evaluation.items.empty()) return result;
  throw Error("no item has both an observed and a predicted distribution", run.name,
              "give the survey that these predictions are of");
}

std::vector<MatchedItem> predictedItems(const Evaluation& evaluation) {
  std::vector<MatchedItem> items;
  for (const ItemScores& scores : evaluation.items)
    items.push_back({scores.item, scores.predicted});
  return items;
}

}  // namespace

std::vector<RunEvaluation> evaluateRuns(const Survey& observed,
                                        const std::vector<NamedPredictions>& runs,
                                        const Survey* training,
                                        const RunEvaluationOptions& options) {
  SampleReach reach(observed, options);
  std::vector<ComparedEvaluation> figures;
  for (const NamedPredictions& run : runs) {
    figures.push_back(compared(observed, run, training, options));
    figures.back().ceiling = reach.ceilingOf(figures.back().evaluation);
  }
  std::vector<Uncertainty> uncertainties = uncertaintyOf(observed, figures, options.bootstrap);
  std::vector<RunEvaluation> results;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Evaluation& evaluation = figures[i].evaluation;
    Calibration calibration = calibrationOf(observed, evaluation, options.bins);
    Diagnostics diagnostics = diagnosticsOf(observed, predictedItems(evaluation),
                                            {.training = training,
                                             .cutoff = options.cutoff,
                                             .respondents = options.respondents,
                                             .bootstrap = options.bootstrap});
    auto error = samplingError(observed, evaluation, {.respondents = options.respondents});
    results.push_back({std::move(figures[i]), std::move(uncertainties[i]), std::move(calibration),
                       std::move(diagnostics), std::move(error),
                       checkOf(observed, runs[i].predictions)});
    reach.addEquivalents(results.back());
  }
  return results;
}

}  // namespace canvass
