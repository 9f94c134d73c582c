#pragma once

#include <functional>
#include <string>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// Whether two texts count as one.
using SameText = std::function<bool(const std::string& a, const std::string& b)>;

// How a later question differs from an earlier one with its id: "option 2 is \"No\", earlier
// \"no\"". Empty if they agree, whatever their codes that are no answers.
std::string questionDifference(const Question& earlier, const Question& later,
                               const SameText& isSame = std::equal_to<>());

// The same of two lists; `noun`: what they are lists of, "option".
std::string listDifference(const std::vector<std::string>& earlier,
                           const std::vector<std::string>& later, const std::string& noun,
                           const SameText& isSame = std::equal_to<>());

// The earlier question with the missing codes of both.
Question joinedQuestion(const Question& earlier, const Question& later);

}  // namespace canvass
