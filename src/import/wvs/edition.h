#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "microdata/variable.h"

namespace canvass::wvs {

// What the files of the survey's waves call their columns: all that differs between them.
struct Edition {
  std::string_view name;                           // "wave 7"
  std::vector<std::string_view> countryVariables;  // the first that the file has
  std::vector<std::string_view> weightVariables;   // the first that the file has, if any
  bool weightNeedsLabel;  // the name means other things elsewhere: its label must say "weight"
  bool (*isQuestion)(std::string_view variable);  // not a fact about the respondent
};

// The edition whose country column the file has. Throws Error at `file` if it has none.
const Edition& findEdition(const std::vector<Variable>& variables, const std::string& file);

// The first of the names that is a variable; null if none is.
const Variable* findVariable(const std::vector<Variable>& variables,
                             const std::vector<std::string_view>& names);

}  // namespace canvass::wvs
