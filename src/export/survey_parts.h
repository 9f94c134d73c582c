#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// Parts of a survey that a format may be unable to hold.
enum class SurveyPart {
  name,
  source,
  topic,
  scaleOfNominal,   // if a format only has ordinal questions
  scaleOfInterval,  // likewise
  optionValue,
  optionLabel,  // labels other than A, B, C ...
  missingCodes,
  date,
  population,  // ids and names, if a format makes its own
  attributes,
  respondents,
  effectiveSampleSize,
  dontKnow,
  refused,
};

// "the format cannot hold n (40 items), topics (3 questions)"; only parts that the survey has.
// Added to `notes`, unless it has none of them.
void noteLost(const Survey& survey, std::initializer_list<SurveyPart> lost,
              std::vector<std::string>& notes);

// Whether its options have values.
bool hasValues(const Question& question);

// The items that a format cannot hold for one reason, counted under the names of what they have in
// common: a question, a population.
class ItemsLeftOut {
 public:
  explicit ItemsLeftOut(std::string reason) : reason_(std::move(reason)) {}

  // An item of something that has the name.
  void add(const std::string& name);
  std::size_t items() const { return items_; }
  // "40 items left out: REASON: NAME; NAME; and 3 more" (listText). Nothing if none is.
  void note(std::vector<std::string>& notes) const;

 private:
  std::string reason_;
  std::size_t items_ = 0;
  std::vector<std::string> names_;  // each once
};

}  // namespace canvass
