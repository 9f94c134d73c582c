#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model_files/model_files.h"

namespace canvass {

// What an adapter may have, in a file and on the command line.
inline constexpr std::int64_t kMaxAdapterRank = 65'536;
inline constexpr double kMaxAdapterAlpha = 1e6;

// A LoRA adapter as PEFT describes it in adapter_config.json.
struct AdapterConfig {
  std::string baseModel;     // base_model_name_or_path, as written
  std::string baseRevision;  // of the repository that baseModel names; empty if there is none
  std::int64_t rank = 8;
  double alpha = 32.0;
  double dropout = 0.0;              // probability, training only
  bool rankStabilized = false;       // scale alpha / sqrt(rank) instead of alpha / rank
  std::vector<std::string> targets;  // names of linear layers: "q_proj"

  // What the product of A and B is multiplied by.
  double scale() const;
  bool operator==(const AdapterConfig&) const = default;
};

// adapter_config.json. Throws Error naming any setting that is out of its range or not implemented
// (DoRA, bias, modules_to_save, patterns, target_modules as a regular expression ...).
AdapterConfig readAdapterConfig(const ModelFiles& adapter);
AdapterConfig parseAdapterConfig(const std::string& json, const std::string& where);

// Plain LoRA, one rank and alpha, bias none: what PEFT, vLLM and llama.cpp's converter all read.
std::string writeAdapterConfig(const AdapterConfig& config);

}  // namespace canvass
