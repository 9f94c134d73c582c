#include "report/probes/probe_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "report/evaluation/evaluation_json.h"
#include "report/json_parts.h"
#include "report/terminal/plain_table.h"

namespace canvass {
namespace {

Json differencesJson(const Differences& differences) {
  Json json = Json::object();
  for (std::size_t m = 0; m < differences.metrics.size(); ++m) {
    const auto& one = differences.metrics[m];
    if (!one) continue;
    Json& entry = json[std::string(itemMetrics()[m].name)];
    entry = {{"difference", one->difference}, {"items", one->items}};
    putInterval(entry, one->interval);
  }
  return json;
}

Json variantJson(const VariantEffect& effect) {
  Json json = {{"name", effect.name},
               {"items", effect.items},
               {"flips", effect.flips},
               {"js_distance", effect.jsDistance},
               {"option_mass",
                {{"original", numberJson(effect.originalMass)},
                 {"variant", numberJson(effect.variantMass)}}}};
  if (effect.evaluation.items.empty()) return json;
  const Json means = metricMeansToJson(effect.evaluation.metrics);
  json["metrics"] = means["metrics"];
  json["denominators"] = means["denominators"];
  json["differences"] = differencesJson(effect.fromOriginal);
  return json;
}

std::string massText(const std::optional<double>& mass) {
  return mass ? fmt::format("{:.2f}", *mass) : "";
}

// "-0.012 (-0.015 to -0.009)", marked if chance may explain it.
std::string differenceText(const Differences& differences, std::size_t metric,
                           const TerminalStyle& style) {
  if (metric >= differences.metrics.size() || !differences.metrics[metric]) return "";
  const PairedDifference& one = *differences.metrics[metric];
  std::string text = fmt::format("{:+.3f}", one.difference);
  if (one.interval) {
    text += fmt::format(" ({:+.3f} to {:+.3f})", one.interval->low, one.interval->high);
  }
  return text + (one.isNoise() ? " " + std::string(sign("≈", "~", style)) : "");
}

std::string positionsText(const std::map<std::size_t, PositionEffects>& positions,
                          const TerminalStyle& style) {
  std::string text;
  for (const auto& [options, effects] : positions) {
    std::string line =
        fmt::format("With {} options ({}), by position:", options, counted(effects.items, "item"));
    for (const double effect : effects.effects) line += fmt::format(" {:+.1f}", 100.0 * effect);
    text += paragraph(line + " percentage points", style);
  }
  return text.empty() ? text
                      : "\nHow much a position attracts, whichever option is there:\n" + text;
}

}  // namespace

Json probeJson(const ProbeEffects& effects,
               const std::map<std::size_t, PositionEffects>& positions) {
  Json json = {{"original", metricMeansToJson(effects.original.metrics)},
               {"resamples", effects.bootstrap.resamples},
               {"seed", effects.bootstrap.seed},
               {"variants", Json::array()},
               {"position_effects", Json::object()}};
  for (const VariantEffect& effect : effects.variants) {
    json["variants"].push_back(variantJson(effect));
  }
  for (const auto& [options, one] : positions) {
    json["position_effects"][std::to_string(options)] = {{"items", one.items},
                                                         {"effects", one.effects}};
  }
  return json;
}

std::string probeText(const ProbeEffects& effects,
                      const std::map<std::size_t, PositionEffects>& positions,
                      std::string_view metric, const TerminalStyle& style) {
  const std::size_t index = metricIndex(metric);
  const bool evaluated = !effects.original.items.empty();
  std::vector<std::vector<std::string>> rows = {
      {"", "items", "top\nchanges", "moved", "option\nmass",
       evaluated ? std::string(itemMetrics()[index].title) : ""}};
  if (evaluated) {
    rows.push_back({"original", grouped(effects.original.metrics.items), "", "", "",
                    fmt::format("{:.3f}", effects.original.metrics.means[index].mean)});
  }
  for (const VariantEffect& effect : effects.variants) {
    rows.push_back({effect.name, grouped(effect.items), percent(effect.flips),
                    fmt::format("{:.3f}", effect.jsDistance), massText(effect.variantMass),
                    differenceText(effect.fromOriginal, index, style)});
  }
  std::string text = plainTable(rows, style);
  text += paragraph("moved: mean JS distance between the two answers to an item." +
                        std::string(evaluated ? " The last column is the change from the original, "
                                                "with its paired 95% interval if there is one."
                                              : ""),
                    style);
  return text + positionsText(positions, style);
}

}  // namespace canvass
