#pragma once

#include <vector>

#include "base/json.h"
#include "evaluation/compared_evaluation.h"
#include "evaluation/evaluation.h"
#include "evaluation/run_evaluation.h"

namespace canvass {

// The object of `evaluate --json`; docs/metrics.md has every key: that of evaluationToJson below,
// what addUncertainty (uncertainty_json.h) adds, "calibration" and, if the survey says how many
// answered, "sampling_error".
Json runEvaluationToJson(const Survey& observed, const RunEvaluation& run);

// The object of one run; of several, a list of objects in their order.
Json runEvaluationsToJson(const Survey& observed, const std::vector<RunEvaluation>& runs);

// Only a run and its baselines:
// {"name", "model", "items", "skipped", "metrics", "denominators", "by_topic", "by_population",
// "baselines"} Groups and baselines hold "items", "metrics" and "denominators" of their own,
// baselines also "title" and "skipped". A mean over no items is null. An infinite mean is null too,
// and "infinite" next to the denominators then counts the items by metric. "ceiling",
// "achieved_share" and "equivalent_sample_size" are present if they were computed.
Json evaluationToJson(const ComparedEvaluation& compared);

// {"items", "metrics", "denominators"} and, if a mean is infinite, "infinite".
Json metricMeansToJson(const MetricMeans& metrics);

}  // namespace canvass
