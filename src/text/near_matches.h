#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// Up to `limit` of the candidates that `name` may have been meant for, nearest first: those that
// differ in few letters, upper and lower case counting as one, and those that contain it.
std::vector<std::string> nearMatches(std::string_view name,
                                     const std::vector<std::string>& candidates,
                                     std::size_t limit = 5);

// "did you mean "Japan" or "Jordan"?"; "there are 41, such as "Andorra"" if nothing is near.
std::string suggestion(std::string_view name, const std::vector<std::string>& candidates);

// The same for few candidates: "choose one of csv, simllm, subpop" if nothing is near.
std::string choiceOf(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace canvass
