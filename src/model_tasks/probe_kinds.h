#pragma once

#include <span>
#include <string>
#include <vector>

#include "model_tasks/probe.h"

namespace canvass {

// A probe: which other ways it makes of asking the items of a survey.
struct ProbeKind {
  const char* name;
  const char* description;
  bool hasPositions;  // options are moved, so the attraction of positions can be measured
  bool isCorrected;   // enough is asked to correct for that
  std::vector<Variant> (*variants)(const ProbeOptions&, const Survey&);
};

std::span<const ProbeKind> probeKinds();
// Throws Error for an unknown name.
const ProbeKind& findProbeKind(const std::string& name);

// Throws Error naming an option that the probe does not use, and if there is nothing to ask.
std::vector<Variant> variantsOf(const ProbeOptions& options, const Survey& items);

}  // namespace canvass
