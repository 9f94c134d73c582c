#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "hub/cached_models.h"
#include "hub/model_summary.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

struct ListedModel {
  CachedModel model;
  ModelSummary summary;  // empty if the model is not all there

  bool runs() const { return model.unfinished.empty() && summary.fault.empty(); }
};

// Reads configurations and headers of what is all there.
std::vector<ListedModel> summarized(const std::vector<CachedModel>& models);

// A line of the name as --model takes it and one of what is known of it, for each model.
// `withPaths`: and one of where it is.
std::string modelsText(const std::vector<ListedModel>& models, const TerminalStyle& style,
                       bool withPaths);

Json modelsJson(const std::vector<ListedModel>& models);

}  // namespace canvass
