#pragma once

#include "base/json.h"
#include "evaluation/compared_evaluation.h"
#include "evaluation/evaluation.h"

namespace canvass {

// The object of `evaluate --json`; docs/metrics.md has every key:
// {"model", "items", "skipped", "metrics", "denominators", "by_topic", "by_population",
// "baselines"} Groups and baselines hold "items", "metrics" and "denominators" of their own,
// baselines also "skipped". A mean over no items is null. An infinite mean is null too, and
// "infinite" beside the denominators then counts the items by metric. "ceiling", "achieved_share"
// and "equivalent_sample_size" stand there where they were computed.
Json evaluationToJson(const ComparedEvaluation& compared);

// {"items", "metrics", "denominators"} and, where a mean is infinite, "infinite".
Json metricMeansToJson(const MetricMeans& metrics);

}  // namespace canvass
