#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reflection/answers.h"
#include "reflection/cultural_map.h"
#include "reflection/group_sensitivity.h"
#include "reflection/representativeness.h"
#include "reflection/similarity.h"

namespace canvass {

// Which opinions a model reflects, and how far naming a population moves it.
struct Reflection {
  BootstrapOptions bootstrap;
  DefaultAnswers answers;
  std::vector<SteeredAnswers> steered;
  std::vector<PopulationSimilarity> similar;
  Representation representation;
  std::vector<GroupSensitivity> sensitivities;  // in the order of `steered`
  std::optional<CulturalMap> map;
  std::string mapMissing;  // why there is no map
};

// Of answers that were read already. A survey that makes no cultural map has none.
Reflection reflectionOf(const Survey& survey, DefaultAnswers answers,
                        std::vector<SteeredAnswers> steered,
                        const RepresentationOptions& options = {});

}  // namespace canvass
