#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "microdata/code_table.h"
#include "microdata/mapping.h"
#include "survey/survey.h"

namespace canvass {

// What a respondent's value is to a question: the index of an option, or one of these.
inline constexpr std::int16_t notAsked = -1;
inline constexpr std::int16_t saidDontKnow = -2;
inline constexpr std::int16_t gaveNoAnswer = -3;

// A mapping that has met the variables of a file: columns instead of names, and what each code
// means. Columns are indices into `columns`, which are indices into the file's variables.

struct QuestionPlan {
  Question question;
  Variable variable;
  std::size_t column = 0;
  CodeTable meanings;
  std::string dontKnowText;  // for those who keep it as an option
  std::string refusedText;
};

struct Category {
  std::string name;
  std::string words;

  bool operator==(const Category&) const = default;
};

struct AttributePlan {
  std::string name;
  Variable variable;
  std::size_t column = 0;
  std::vector<Category> categories;
  CodeTable meanings;  // indices into categories
  // Where neither mapping nor file lists values, every value of the file is a category of its own
  // name, in the order of appearance.
  bool isOpen = false;
  std::map<std::string, std::string> openWords;  // by the names to come
};

struct ImportPlan {
  std::vector<std::size_t> columns;
  std::vector<QuestionPlan> questions;
  std::vector<AttributePlan> attributes;  // as in the mapping
  std::optional<std::size_t> weight;
  std::optional<std::size_t> strata;
  std::optional<std::size_t> cluster;
};

// Throws Error at the mapping's place for a variable that the file lacks, a question without text
// or options, a code that means two things, labels that repeat, and words for an attribute's value
// that there is not. `file`: the name of the file of respondents.
ImportPlan makeImportPlan(const Mapping& mapping, const std::vector<Variable>& variables,
                          const std::string& file);

}  // namespace canvass
