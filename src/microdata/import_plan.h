#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "microdata/code_table.h"
#include "microdata/mapping.h"
#include "microdata/microdata_reader.h"
#include "survey/survey.h"

namespace canvass {

// What a respondent's value is to a question: the index of an option, or one of these.
inline constexpr std::int16_t notAsked = -1;
inline constexpr std::int16_t saidDontKnow = -2;
inline constexpr std::int16_t gaveNoAnswer = -3;

// Of an attribute: no category.
inline constexpr std::int16_t noCategory = -1;

// A mapping applied to the variables of a file: columns instead of names, and what each code
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
  // If neither mapping nor file lists values, every value of the file is a category of its own
  // name, in the order of appearance.
  bool isOpen = false;
  std::map<std::string, std::string> openWords;  // by the names to come
};

// Of a long table.
struct LongColumns {
  std::size_t respondent = 0;
  std::size_t question = 0;
  std::size_t answer = 0;
};

// Of an aggregated table.
struct AggregatedColumns {
  std::size_t question = 0;
  std::size_t option = 0;
  std::size_t share = 0;
  std::optional<std::size_t> population;
  std::optional<std::size_t> value;
  std::optional<std::size_t> respondents;
  std::optional<std::size_t> effectiveSampleSize;
  std::optional<std::size_t> standardError;

  // The other columns that `canvass export csv` writes, by their names.
  std::optional<std::size_t> questionText;
  std::optional<std::size_t> topic;
  std::optional<std::size_t> scale;
  std::optional<std::size_t> optionText;
  std::optional<std::size_t> populationName;
  std::optional<std::size_t> populationPhrase;
  std::optional<std::size_t> dontKnow;
  std::optional<std::size_t> refused;
  std::vector<std::pair<std::string, std::size_t>> attributes;  // of the population, by name
};

// Of the sample's design.
struct StageColumns {
  std::optional<std::size_t> strata;
  std::optional<std::size_t> cluster;
  std::optional<std::size_t> populationSize;
};

struct DesignColumns {
  std::optional<std::size_t> weight;
  std::optional<std::size_t> id;
  StageColumns first;
  std::vector<StageColumns> lower;
  std::vector<std::size_t> replicates;
};

// The questions of an aggregated table are not in its plan: their options may be known only when it
// is read (microdata/aggregated/share_questions.h).
struct ImportPlan {
  std::vector<std::size_t> columns;
  std::variant<std::monostate, LongColumns, AggregatedColumns> table;
  std::vector<QuestionPlan> questions;
  std::vector<AttributePlan> attributes;  // as in the mapping
  DesignColumns design;
};

// Throws Error at the location in the mapping for a variable that the file does not have, a
// question without text or options, a code that means two things, labels that repeat, and words for
// an attribute's value that does not exist.
ImportPlan makeImportPlan(const Mapping& mapping, const MicrodataReader& reader);

// The category of a value; noCategory if it has none. An open attribute adds a value that is new;
// throws Error at the reader's location if there are too many, and as CodeTable::findInFile.
std::int16_t categoryOf(AttributePlan& attribute, const Value& value,
                        const MicrodataReader& reader);

}  // namespace canvass
