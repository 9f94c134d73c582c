#include "probes/probe_effects.h"

#include <algorithm>
#include <map>
#include <utility>

#include "stats/metrics.h"

namespace canvass {
namespace {

std::size_t topOf(const Distribution& shares) {
  return static_cast<std::size_t>(std::max_element(shares.begin(), shares.end()) - shares.begin());
}

VariantEffect againstOriginal(const AskedVariant& original, const AskedVariant& variant) {
  std::map<ItemId, const Prediction*> before;
  for (const Prediction& one : original.predictions.predictions) {
    before[idOf(one)] = &one;
  }
  VariantEffect effect;
  effect.name = variant.variant.name;
  double flips = 0.0, distance = 0.0, massBefore = 0.0, massAfter = 0.0;
  std::size_t masses = 0;
  for (const Prediction& after : variant.predictions.predictions) {
    const auto found = before.find(idOf(after));
    if (found == before.end()) continue;
    const Prediction& was = *found->second;
    ++effect.items;
    flips += topOf(after.probabilities) != topOf(was.probabilities);
    distance += 1.0 - jsSimilarity(was.probabilities, after.probabilities);
    if (!was.optionMass || !after.optionMass) continue;
    ++masses;
    massBefore += *was.optionMass;
    massAfter += *after.optionMass;
  }
  const auto items = static_cast<double>(std::max<std::size_t>(effect.items, 1));
  effect.flips = flips / items;
  effect.jsDistance = distance / items;
  if (masses > 0) {
    effect.originalMass = massBefore / static_cast<double>(masses);
    effect.variantMass = massAfter / static_cast<double>(masses);
  }
  return effect;
}

bool hasObserved(const Survey& survey) {
  return std::any_of(survey.items.begin(), survey.items.end(),
                     [](const Item& item) { return item.observed.has_value(); });
}

}  // namespace

ProbeEffects effectsOf(const Survey& observed, std::span<const AskedVariant> asked,
                       const BootstrapOptions& options) {
  ProbeEffects effects;
  effects.bootstrap = options;
  for (const AskedVariant& variant : asked.subspan(1)) {
    effects.variants.push_back(againstOriginal(asked.front(), variant));
  }
  if (!hasObserved(observed)) return effects;
  std::vector<ComparedEvaluation> runs;
  for (const AskedVariant& one : asked) {
    ComparedEvaluation run;
    run.evaluation = evaluate(observed, one.predictions);
    run.name = one.variant.name;
    runs.push_back(std::move(run));
  }
  const auto uncertainties = uncertaintyOf(observed, runs, options);
  effects.original = runs.front().evaluation;
  for (std::size_t v = 0; v < effects.variants.size(); ++v) {
    effects.variants[v].evaluation = runs[v + 1].evaluation;
    // The first of the other runs is the original.
    effects.variants[v].fromOriginal = uncertainties[v + 1].fromRuns.front();
  }
  return effects;
}

}  // namespace canvass
