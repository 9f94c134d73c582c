#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/list_text.h"
#include "report/checklist/sections.h"

namespace canvass {
namespace {

std::string textAt(const Json& object, const char* path) {
  const Json::json_pointer pointer(path);
  if (!object.contains(pointer)) return {};
  const Json& value = object[pointer];
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::optional<double> numberAt(const Json& object, const char* path) {
  const Json::json_pointer pointer(path);
  if (!object.contains(pointer) || !object[pointer].is_number()) return std::nullopt;
  return object[pointer].get<double>();
}

// A simple predictor is no model: it has no prompt, no settings and no training cut-off.
bool isBaseline(const ChecklistRun& run) {
  return textAt(*run.evaluation, "/model").starts_with("baseline:");
}

bool hasModel(const ChecklistSources& sources) {
  return !std::ranges::all_of(sources.runs, isBaseline);
}

// "tuned: smollm2.gguf with the adapter runs/1"
ChecklistEntry models(const ChecklistSources& sources) {
  ChecklistEntry entry{"Models and versions", {}, {}};
  for (const ChecklistRun& run : sources.runs) {
    std::string text = fmt::format("{}: {}", run.name, textAt(*run.evaluation, "/model"));
    if (run.source && !run.source->adapter.empty()) {
      text += fmt::format(" with the adapter {}", run.source->adapter);
    }
    entry.known.push_back(text + ".");
  }
  if (hasModel(sources)) {
    entry.missing = "who made each model, its release and its training cut-off";
  }
  return entry;
}

ChecklistEntry access(const ChecklistSources& sources) {
  return {"Access",
          {fmt::format("Run locally by canvass {}, without a service in between.",
                       sources.canvassVersion)},
          {}};
}

ChecklistEntry configuration(const ChecklistSources& sources) {
  ChecklistEntry entry{"Configuration", {}, {}};
  std::size_t unknown = 0;
  for (const ChecklistRun& run : sources.runs) {
    if (isBaseline(run)) {
      entry.known.push_back(fmt::format("{}: a simple predictor, no model.", run.name));
      continue;
    }
    if (!run.source) {
      ++unknown;
      continue;
    }
    const PredictionSource& source = *run.source;
    std::vector<std::string> parts;
    if (!source.precision.empty()) parts.push_back("precision " + source.precision);
    parts.push_back(source.reading.empty() ? "first-token distribution, nothing sampled"
                                           : "reading " + source.reading);
    if (!source.calibration.empty()) parts.push_back("calibration " + source.calibration);
    if (!source.evidence.empty()) parts.push_back("evidence " + source.evidence);
    if (source.pooled) parts.push_back(fmt::format("a {} pool", source.pooled->pool));
    entry.known.push_back(fmt::format("{}: {}.", run.name, fmt::join(parts, "; ")));
  }
  if (unknown > 0) entry.missing = "the runs' files, with --predictions, or their settings";
  return entry;
}

ChecklistEntry prompts(const ChecklistSources& sources) {
  ChecklistEntry entry{"Prompts", {}, {}};
  for (const ChecklistRun& run : sources.runs) {
    if (!run.source || run.source->templateName.empty()) continue;
    entry.known.push_back(fmt::format("{}: the template {}; predict --texts writes every prompt.",
                                      run.name, run.source->templateName));
  }
  if (hasModel(sources)) entry.missing = "the prompts in full, and how they were developed";
  return entry;
}

ChecklistEntry training(const ChecklistSources& sources) {
  ChecklistEntry entry{"Training", {}, {}};
  for (const Json* training : sources.trainings) {
    const Json& record = *training;
    std::string text =
        fmt::format("{} on {} items with the loss {}, seed {}", textAt(record, "/settings/method"),
                    textAt(record, "/result/trained_items"), textAt(record, "/settings/loss"),
                    textAt(record, "/settings/seed"));
    entry.known.push_back(text + "; run.json has the SHA-256 of data and model.");
  }
  if (sources.trainings.empty() && hasModel(sources)) {
    entry.missing = "whether a model was trained, on what (--training FOLDER adds it)";
  }
  return entry;
}

// "js_similarity 0.884 (0.871 to 0.897) over 518 items; question_mean 0.854."
std::string validationText(const ChecklistRun& run) {
  const Json& evaluation = *run.evaluation;
  const auto figure = numberAt(evaluation, "/metrics/js_similarity");
  if (!figure) return {};
  std::string text = fmt::format("{}: js_similarity {:.3f}", run.name, *figure);
  const auto low = numberAt(evaluation, "/intervals/js_similarity/low");
  const auto high = numberAt(evaluation, "/intervals/js_similarity/high");
  if (low && high) text += fmt::format(" ({:.3f} to {:.3f})", *low, *high);
  text += fmt::format(" over {} items", textAt(evaluation, "/denominators/js_similarity"));
  const Json baselines = evaluation.value("baselines", Json::object());
  for (const auto& [id, baseline] : baselines.items()) {
    if (const auto other = numberAt(baseline, "/metrics/js_similarity")) {
      text += fmt::format("; {} {:.3f}", id, *other);
    }
  }
  return text + ".";
}

ChecklistEntry validation(const ChecklistSources& sources) {
  ChecklistEntry entry{"Validation against people", {}, {}};
  for (const ChecklistRun& run : sources.runs) entry.known.push_back(validationText(run));
  std::erase(entry.known, std::string());
  if (entry.known.empty()) entry.missing = "how predictions compare with answers of people";
  return entry;
}

// What the diagnostics find beyond chance.
ChecklistEntry faults(const ChecklistSources& sources) {
  ChecklistEntry entry{"Known faults of the predictions", {}, {}};
  for (const ChecklistRun& run : sources.runs) {
    const Json::json_pointer figures("/diagnostics/figures");
    if (!run.evaluation->contains(figures)) {
      entry.missing = "spread, signs and structure (evaluate again with this version)";
      continue;
    }
    std::vector<std::string> found;
    for (const Json& figure : (*run.evaluation)[figures]) {
      const std::string finding = figure.value("finding", "");
      if (finding != "below" && finding != "above") continue;
      const std::string about = figure.value("attribute", "");
      found.push_back(about.empty() ? figure.value("says", "")
                                    : about + ": " + figure.value("says", ""));
    }
    entry.known.push_back(fmt::format(
        "{}: {}.", run.name,
        found.empty() ? "none beyond chance" : fmt::format("{}", fmt::join(found, "; "))));
  }
  return entry;
}

ChecklistEntry fairness(const ChecklistSources& sources) {
  ChecklistEntry entry{"Differences between groups", {}, {}};
  for (const ChecklistRun& run : sources.runs) {
    const Json::json_pointer parities("/diagnostics/parity");
    if (!run.evaluation->contains(parities)) continue;
    for (const Json& parity : (*run.evaluation)[parities]) {
      entry.known.push_back(fmt::format(
          "{}, by {}: best predicted {}, worst {}, a difference of {:.3f} in js_similarity, where "
          "chance makes {:.3f}.",
          run.name, parity.value("grouping", ""), parity["groups"].front().value("name", ""),
          parity["groups"].back().value("name", ""), parity.value("difference", 0.0),
          parity.value("by_chance", 0.0)));
    }
  }
  if (entry.known.empty()) entry.missing = "whether some groups are predicted worse than others";
  return entry;
}

ChecklistEntry uncertainty(const ChecklistSources& sources) {
  ChecklistEntry entry{"Uncertainty of single estimates", {}, {}};
  for (const ChecklistRun& run : sources.runs) {
    const auto coverage = numberAt(*run.evaluation, "/interval_coverage/coverage");
    const auto level = numberAt(*run.evaluation, "/interval_coverage/level");
    if (!coverage || !level) continue;
    entry.known.push_back(fmt::format("{}: intervals of {:.0f}% held in {:.1f}% of {} items.",
                                      run.name, 100.0 * *level, 100.0 * *coverage,
                                      textAt(*run.evaluation, "/interval_coverage/items")));
  }
  if (entry.known.empty()) {
    entry.missing = "intervals of predicted shares (canvass interval), or why there are none";
  }
  return entry;
}

ChecklistEntry memorization(const ChecklistSources& sources) {
  ChecklistEntry entry{"Memorization", {}, {}};
  for (const ChecklistRun& run : sources.runs) {
    const Json::json_pointer figures("/diagnostics/figures");
    if (!run.evaluation->contains(figures)) continue;
    for (const Json& figure : (*run.evaluation)[figures]) {
      if (figure.value("id", "") != "cutoff_difference") continue;
      entry.known.push_back(fmt::format("{}: {} ({:+.3f}).", run.name, figure.value("says", ""),
                                        numberAt(figure, "/value").value_or(0.0)));
    }
  }
  if (entry.known.empty() && hasModel(sources)) {
    entry.missing =
        "whether the model may have read the survey's results (evaluate --cutoff, with dates)";
  }
  return entry;
}

}  // namespace

ChecklistSection modelSection(const ChecklistSources& sources) {
  ChecklistSection section{"The model", {}};
  auto& entries = section.entries;
  entries.push_back({"Purpose", {}, "what the predictions are used for, and what they replace"});
  entries.push_back({"Choice of the model", {}, "why this model"});
  for (ChecklistEntry (*make)(const ChecklistSources&) :
       {models, access, configuration, prompts, training, validation, faults, fairness, uncertainty,
        memorization}) {
    entries.push_back(make(sources));
    ChecklistEntry& made = entries.back();
    if (made.known.empty() && made.missing.empty()) made.known = {"Not applicable: no model."};
  }
  entries.push_back({"Human oversight", {}, "who checked predictions before they were used"});
  entries.push_back(
      {"Ethics and privacy", {}, "approvals, licences, and whose data a model was given"});
  entries.push_back({"Availability", {}, "where data, files and commands can be had"});
  return section;
}

}  // namespace canvass
