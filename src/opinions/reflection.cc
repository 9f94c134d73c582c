#include "opinions/reflection.h"

#include <utility>

#include "base/error.h"

namespace canvass {

Reflection reflectionOf(const Survey& survey, DefaultAnswers answers,
                        std::vector<SteeredAnswers> steered, const RepresentationOptions& options) {
  Reflection result;
  result.bootstrap = options.bootstrap;
  result.answers = std::move(answers);
  result.steered = std::move(steered);
  result.similar = similarPopulations(survey, result.answers, options.bootstrap);
  result.representation = representation(survey, result.answers, result.steered, options);
  for (const SteeredAnswers& run : result.steered) {
    result.sensitivities.push_back(groupSensitivity(survey, run, options.bootstrap));
  }
  try {
    result.map = culturalMap(survey, result.answers, result.steered);
  } catch (const Error& error) {
    result.mapMissing = error.what();
  }
  return result;
}

}  // namespace canvass
