#pragma once

#include <string>

#include "survey/record_fields.h"
#include "survey/survey.h"

// The fields of survey.jsonl.
namespace canvass {

// An item as a line has it: its question and population by id.
struct ItemRecord : Item {
  std::string questionId;
  std::string populationId;
};

Fields<Survey> surveyHeaderFields();  // in addition to those of every header
Fields<Question> questionFields();
Fields<Option> optionFields();
Fields<Population> populationFields();
Fields<ItemRecord> itemFields();

}  // namespace canvass
