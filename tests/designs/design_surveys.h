#pragma once

#include <set>
#include <string>
#include <utility>

#include "designs/parts.h"
#include "survey/survey.h"

namespace canvass::test {

inline Question yesNo(const std::string& id, const std::string& text) {
  return {id, text, "", {{"A", "Yes", {}}, {"B", "No", {}}}, Scale::ordinal, {}};
}

inline Population country(const std::string& name) {
  return {name, name, "someone from " + name, {{"country", name}}};
}

// Every question of every population.
inline Survey surveyOf(std::vector<Question> questions, const std::vector<std::string>& countries) {
  Survey survey;
  survey.questions = std::move(questions);
  for (const std::string& name : countries) survey.populations.push_back(country(name));
  for (std::size_t q = 0; q < survey.questions.size(); ++q) {
    for (std::size_t p = 0; p < survey.populations.size(); ++p) {
      survey.items.push_back({q, p, Distribution{0.25, 0.75}, {}, {}});
    }
  }
  return survey;
}

using Cells = std::multiset<std::pair<std::string, std::string>>;

inline Cells cellsOf(const Survey& survey) {
  Cells cells;
  for (const Item& item : survey.items) {
    cells.emplace(survey.questionOf(item).id, survey.populationOf(item).id);
  }
  return cells;
}

// Null where there is no part of this name.
inline const Survey* partNamed(const Parts& parts, const std::string& name) {
  for (const Part& part : parts.parts) {
    if (part.name == name) return &part.survey;
  }
  return nullptr;
}

}  // namespace canvass::test
