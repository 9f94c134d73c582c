#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opinions/answers.h"
#include "opinions/cultural_map.h"
#include "opinions/group_sensitivity.h"
#include "opinions/representativeness.h"
#include "opinions/similarity.h"

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

// From answers that were already read. If the survey does not allow a cultural map, there is none.
Reflection reflectionOf(const Survey& survey, DefaultAnswers answers,
                        std::vector<SteeredAnswers> steered,
                        const RepresentationOptions& options = {});

}  // namespace canvass
