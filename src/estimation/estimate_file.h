#pragma once

#include <filesystem>

#include "base/json.h"
#include "estimation/sample_estimates.h"

namespace canvass {

// estimates.jsonl: a header line {"canvass":"estimates","version":1,...} with the fitted prior,
// then one line for each item and for each question's mean; docs/file-forms.md has every key.
void writeEstimates(const SampleEstimates& estimates, const Survey& sample,
                    const std::filesystem::path& path);

// The fitted prior and what it is worth in interviews.
Json priorToJson(const PriorFit& fit);

}  // namespace canvass
