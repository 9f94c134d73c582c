#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/progress.h"
#include "model_tasks/model_predictor.h"
#include "probes/option_order.h"
#include "probes/position_effects.h"
#include "probes/probe_effects.h"

namespace canvass {

// A probe as an entry of a list.
struct ProbeDescription {
  const char* name;
  const char* description;
};
std::vector<ProbeDescription> probeDescriptions();

struct OtherWording {
  std::string name;
  Survey survey;  // with the same ids, in other words
};

// What is empty was not requested.
struct ProbeOptions {
  std::string probe;                 // one of probeDescriptions()
  std::optional<OptionOrder> order;  // of the probe "order"; cyclic by default
  std::optional<std::size_t> count;  // of orders drawn; 4 by default
  std::vector<OtherWording> wordings;
  std::vector<std::string> prefixes;
  std::vector<std::string> templates;
  std::uint64_t seed = 0;  // of everything drawn: orders, populations, resamples
  std::size_t resamples = BootstrapOptions().resamples;
};

struct ProbeResult {
  std::string probe;
  PredictionSource source;                           // of the original
  std::vector<AskedVariant> rows;                    // the original, its variants, then corrections
  std::map<std::size_t, PositionEffects> positions;  // by number of options; of orders only
  ProbeEffects effects;
};

// The items of a survey asked in other ways.
class Probe {
 public:
  // Throws Error naming an option that the probe does not use, and if there is nothing to ask.
  Probe(const ProbeOptions& options, const Survey& items);

  // Asks the original and every variant. Throws Error if progress asked to stop, or the model
  // gave an item no distribution. Progress counts the items of all variants.
  ProbeResult run(const ModelPredictor& predictor, Progress& progress = noProgress()) const;

 private:
  AskedVariant ask(const ModelPredictor& predictor, Variant variant, Progress& progress) const;
  std::vector<AskedVariant> askAll(const ModelPredictor& predictor, std::vector<Variant> variants,
                                   Progress& progress) const;
  void addCorrected(ProbeResult& result, const Predictions& nothingAsked) const;

  ProbeOptions options_;
  const Survey& items_;
  std::vector<Variant> variants_;
};

// The predictions of each row in a file of its own, and probe.json, whose content is returned.
Json saveProbe(const ProbeResult& result, const std::filesystem::path& folder);

}  // namespace canvass
