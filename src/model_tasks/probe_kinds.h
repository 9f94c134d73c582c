#pragma once

#include <span>
#include <string>
#include <vector>

#include "model_tasks/probe.h"

namespace canvass {

// A probe: which other ways of asking it makes of a survey.
struct ProbeKind {
  const char* name;
  const char* description;
  bool hasPositions;  // options are moved: what a position draws to itself can be seen
  bool isCorrected;   // enough is asked to take that out again
  std::vector<Variant> (*variants)(const ProbeOptions&, const Survey&);
};

std::span<const ProbeKind> probeKinds();
// Throws Error for an unknown name.
const ProbeKind& findProbeKind(const std::string& name);

// Throws Error naming an option that the probe does not read, and if there is nothing to ask.
std::vector<Variant> variantsOf(const ProbeOptions& options, const Survey& items);

}  // namespace canvass
