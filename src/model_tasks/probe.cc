#include "model_tasks/probe.h"

#include <fmt/format.h>

#include <cctype>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/part_of_progress.h"
#include "base/paths.h"
#include "model_tasks/probe_kinds.h"
#include "probes/debiasing.h"
#include "probes/other_words.h"
#include "report/probes/probe_report.h"

namespace canvass {
namespace {

constexpr double calibrationShare = 0.05;  // of the items, for PriDe

// The name of a variant's file; a number distinguishes equal names.
std::string variantFileName(std::string name, std::set<std::string>& taken) {
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.') c = '-';
  }
  std::string free = name;
  for (int number = 2; !taken.insert(free).second; ++number) {
    free = fmt::format("{}-{}", name, number);
  }
  return free + ".jsonl";
}

void requireDistributions(const Predictions& predictions, const Variant& variant) {
  for (const Prediction& one : predictions.predictions) {
    if (one.failure.empty()) continue;
    throw Error(
        fmt::format("asked \"{}\", the model gave no distribution: {}", variant.name, one.failure),
        fmt::format("question {}, population {}", one.question, one.population));
  }
}

}  // namespace

std::vector<ProbeDescription> probeDescriptions() {
  std::vector<ProbeDescription> all;
  for (const ProbeKind& kind : probeKinds()) all.push_back({kind.name, kind.description});
  return all;
}

Probe::Probe(const ProbeOptions& options, const Survey& items)
    : options_(options), items_(items), variants_(variantsOf(options, items)) {}

AskedVariant Probe::ask(const ModelPredictor& predictor, Variant variant,
                        Progress& progress) const {
  std::unique_ptr<ModelPredictor> other;
  if (!variant.templateName.empty() || !variant.answerPrefix.empty()) {
    other = predictor.askedOtherwise(variant.templateName, variant.answerPrefix);
  }
  progress.message("asking: " + variant.name);
  const Predictions predictions = predictAll(other ? *other : predictor, variant.survey, progress);
  if (predictions.predictions.size() < variant.survey.items.size()) {
    throw Error(fmt::format("stopped while asking \"{}\"; nothing was written", variant.name));
  }
  requireDistributions(predictions, variant);
  Predictions inOrder = inOriginalOrder(variant, items_, predictions);
  return {std::move(variant), std::move(inOrder)};
}

std::vector<AskedVariant> Probe::askAll(const ModelPredictor& predictor,
                                        std::vector<Variant> variants, Progress& progress) const {
  std::size_t all = 0;
  for (const Variant& variant : variants) all += variant.survey.items.size();
  std::vector<AskedVariant> rows;
  std::size_t before = 0;
  for (Variant& variant : variants) {
    PartOfProgress part(progress, before, all);
    before += variant.survey.items.size();
    rows.push_back(ask(predictor, std::move(variant), part));
  }
  return rows;
}

// Corrections for order and labels, each as another variant of the original.
void Probe::addCorrected(ProbeResult& result, const Predictions& nothingAsked) const {
  const std::vector<AskedVariant> orders = result.rows;
  const auto add = [&](const char* name, Predictions predictions) {
    result.rows.push_back({unchanged(items_, name), std::move(predictions)});
  };
  add("averaged", averagedOverOrders(orders));
  if (options_.order.value_or(OptionOrder::cyclic) == OptionOrder::cyclic) {
    add("pride", debiasedByPride(orders, {calibrationShare, options_.seed}));
  }
  add("contextual", debiasedByContext(orders.front().predictions, nothingAsked));
}

ProbeResult Probe::run(const ModelPredictor& predictor, Progress& progress) const {
  ProbeResult result;
  result.probe = options_.probe;
  result.source = predictor.source();
  const ProbeKind& kind = findProbeKind(options_.probe);
  std::vector<Variant> variants = {unchanged(items_, "original")};
  variants.insert(variants.end(), variants_.begin(), variants_.end());
  if (kind.isCorrected) variants.push_back(contentFree(items_));
  result.rows = askAll(predictor, std::move(variants), progress);
  Predictions nothingAsked;
  if (kind.isCorrected) {
    nothingAsked = std::move(result.rows.back().predictions);
    result.rows.pop_back();
  }
  if (kind.hasPositions) result.positions = positionEffects(items_, result.rows);
  if (kind.isCorrected) addCorrected(result, nothingAsked);
  result.effects = effectsOf(items_, result.rows, {options_.resamples, options_.seed});
  return result;
}

Json saveProbe(const ProbeResult& result, const std::filesystem::path& folder) {
  makeFolders(folder);
  std::set<std::string> taken;
  for (const AskedVariant& row : result.rows) {
    writePredictions(row.predictions, folder / variantFileName(row.variant.name, taken));
  }
  Json record = probeJson(result.effects, result.positions);
  record["probe"] = result.probe;
  record["model"] = result.source.model;
  record["template"] = result.source.templateName;
  writeFileAtomically(folder / "probe.json", jsonText(record, 2) + "\n");
  return record;
}

}  // namespace canvass
