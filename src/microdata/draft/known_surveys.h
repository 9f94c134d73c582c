#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "microdata/variable.h"

namespace canvass {

// What an institute says of the weights of its files.
struct KnownSurvey {
  const char* name;
  const char* evidence;  // variables, separated by "|", that such a file has all
  const char* weights;   // in the order of preference
  const char* strata;
  const char* cluster;
  const char* advice;
};

// By the file's variables; null if no program is known to have all of them.
const KnownSurvey* findKnownSurvey(const std::vector<Variable>& variables);

// The names between "|".
std::vector<std::string_view> namesIn(std::string_view names);

}  // namespace canvass
