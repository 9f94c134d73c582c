#pragma once

#include <string>
#include <utility>

#include "survey/survey.h"

namespace canvass {

// The ids of question and population: what identifies an item outside its survey.
using ItemId = std::pair<std::string, std::string>;

ItemId idOf(const Survey& survey, const Item& item);

// The items of a survey, to check whether an item of another one is among them: the guard that
// keeps what is to be predicted out of what is learned from, shown in prompts or fitted on.
//
// Two items are the same if their questions have one id and their populations have one id. Wording,
// options, names and what was observed do not count, nor does the survey's language. So the same
// question under another id is another item here: auditParts (designs/audit.h), which compares
// texts and names of countries, finds it.
class ItemSet {
 public:
  explicit ItemSet(const Survey& survey) : index_(survey) {}

  // `item` is an item of `survey`.
  bool contains(const Survey& survey, const Item& item) const;
  bool contains(const std::string& question, const std::string& population) const;

 private:
  SurveyIndex index_;
};

// The survey without the items that `other` has too. Its questions and populations stay, each at
// its index.
Survey withoutItemsOf(const Survey& survey, const Survey& other);

}  // namespace canvass
