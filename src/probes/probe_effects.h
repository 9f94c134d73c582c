#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluation/uncertainty.h"
#include "probes/asked_variant.h"

namespace canvass {

// How the answers changed in one variant.
struct VariantEffect {
  std::string name;
  std::size_t items = 0;    // asked in both ways
  double flips = 0.0;       // share of them with another option on top; of ties, the first
  double jsDistance = 0.0;  // mean distance from the answer to the original
  std::optional<double> originalMass, variantMass;  // mean option mass, of the same items
  Evaluation evaluation;     // against the people's answers; of no items if there are none
  Differences fromOriginal;  // its figures minus the original's, over the same items
};

struct ProbeEffects {
  Evaluation original;
  BootstrapOptions bootstrap;
  std::vector<VariantEffect> variants;
};

// `asked.front()` is the original. If no item has an observed distribution, evaluations are empty
// and there are no differences.
ProbeEffects effectsOf(const Survey& observed, std::span<const AskedVariant> asked,
                       const BootstrapOptions& options = {});

}  // namespace canvass
