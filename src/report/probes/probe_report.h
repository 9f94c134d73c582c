#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "probes/position_effects.h"
#include "probes/probe_effects.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// {"original": {"items", "metrics", "denominators"}, "resamples", "seed", "variants": [{"name",
// "items", "flips", "js_distance", "option_mass": {"original", "variant"}, "metrics",
// "denominators", "differences": {METRIC: {"difference", "items", "low", "high"}}}],
// "position_effects": {OPTIONS: {"items", "effects"}}}. docs/probes.md has every key.
Json probeJson(const ProbeEffects& effects,
               const std::map<std::size_t, PositionEffects>& positions);

// One row per variant: how often the top option changes, how far the answers move, and one metric
// with its paired interval; then how much each position attracts. Throws Error for an unknown
// metric.
std::string probeText(const ProbeEffects& effects,
                      const std::map<std::size_t, PositionEffects>& positions,
                      std::string_view metric, const TerminalStyle& style = {});

}  // namespace canvass
