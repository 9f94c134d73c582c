#pragma once

#include <string>

#include "base/json.h"
#include "estimation/sample_estimates.h"
#include "estimation/sampling_study.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// The object of `combine estimate --json`; docs/combining.md has every key.
Json estimatesToJson(const SampleEstimates& estimates);
// How much the predictions improve items and means, and what was left out.
std::string estimatesText(const SampleEstimates& estimates, const TerminalStyle& style = {});

// The object of `combine simulate --json`.
Json samplingStudyToJson(const SamplingStudy& study);
// How often the intervals hold and how far estimates are off, compared with the sample and the
// model alone.
std::string samplingStudyText(const SamplingStudy& study, const SamplingStudyOptions& options,
                              const TerminalStyle& style = {});

}  // namespace canvass
