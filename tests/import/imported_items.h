#pragma once

#include <string>

#include "survey/survey.h"

namespace canvass::test {

// The item of a question and a population, both by id; std::bad_optional_access without one.
inline const Item& itemOf(const Survey& survey, const std::string& question,
                          const std::string& population) {
  const SurveyIndex index(survey);
  return survey.items.at(
      index.item(index.question(question).value(), index.population(population).value()).value());
}

}  // namespace canvass::test
