#include "survey/question_differences.h"

#include <fmt/format.h>

#include <algorithm>

namespace canvass {
namespace {

std::vector<std::string> textsOf(const Question& question) {
  std::vector<std::string> texts;
  for (const Option& one : question.options) texts.push_back(one.text);
  return texts;
}

}  // namespace

std::string listDifference(const std::vector<std::string>& earlier,
                           const std::vector<std::string>& later, const std::string& noun,
                           const SameText& isSame) {
  const std::size_t shared = std::min(earlier.size(), later.size());
  for (std::size_t k = 0; k < shared; ++k) {
    if (isSame(earlier[k], later[k])) continue;
    return fmt::format("{} {} is \"{}\", earlier \"{}\"", noun, k + 1, later[k], earlier[k]);
  }
  if (earlier.size() == later.size()) return {};
  const bool isEarlier = earlier.size() > shared;
  return fmt::format("{} {}, \"{}\", is only {}", noun, shared + 1,
                     (isEarlier ? earlier : later)[shared], isEarlier ? "in the earlier" : "here");
}

std::string questionDifference(const Question& earlier, const Question& later,
                               const SameText& isSame) {
  if (!isSame(earlier.text, later.text)) {
    return fmt::format("its text is \"{}\", earlier \"{}\"", later.text, earlier.text);
  }
  if (earlier.topic != later.topic) {
    return fmt::format("its topic is \"{}\", earlier \"{}\"", later.topic, earlier.topic);
  }
  if (earlier.scale != later.scale) {
    return fmt::format("it is {}, earlier {}", scaleName(later.scale), scaleName(earlier.scale));
  }
  const std::string options = listDifference(textsOf(earlier), textsOf(later), "option", isSame);
  if (!options.empty()) return options;
  for (std::size_t k = 0; k < later.options.size(); ++k) {
    if (earlier.options[k].value != later.options[k].value) {
      return fmt::format("the value of option {} differs", k + 1);
    }
    if (earlier.options[k].label != later.options[k].label) {
      return fmt::format("the label of option {} differs", k + 1);
    }
  }
  return {};
}

Question joinedQuestion(const Question& earlier, const Question& later) {
  Question joined = earlier;
  for (const std::string& code : later.missingCodes) {
    if (std::find(joined.missingCodes.begin(), joined.missingCodes.end(), code) ==
        joined.missingCodes.end()) {
      joined.missingCodes.push_back(code);
    }
  }
  return joined;
}

}  // namespace canvass
