#include "microdata/file_differences.h"

#include <fmt/format.h>

#include "survey/question_differences.h"
#include "text/normal_text.h"

namespace canvass {
namespace {

bool isSameButForCase(const std::string& a, const std::string& b) {
  return a == b || normalText(a).words == normalText(b).words;
}

std::vector<std::string> namesOf(const AttributePlan& attribute) {
  std::vector<std::string> names;
  for (const Category& one : attribute.categories) names.push_back(one.name);
  return names;
}

}  // namespace

std::vector<std::string> differencesOf(const ImportPlan& earlier, const ImportPlan& later,
                                       bool ignoresCase) {
  const SameText isSame = ignoresCase ? SameText(isSameButForCase) : std::equal_to<>();
  std::vector<std::string> all;
  const auto add = [&all](const std::string& name, const std::string& difference) {
    if (!difference.empty()) all.push_back(fmt::format("{}: {}", name, difference));
  };
  for (std::size_t q = 0; q < later.questions.size(); ++q) {
    const Question& question = later.questions[q].question;
    add(question.id, questionDifference(earlier.questions[q].question, question, isSame));
  }
  for (std::size_t a = 0; a < later.attributes.size(); ++a) {
    const AttributePlan& attribute = later.attributes[a];
    if (attribute.isOpen && earlier.attributes[a].isOpen) continue;
    add(fmt::format("attribute {}", attribute.name),
        listDifference(namesOf(earlier.attributes[a]), namesOf(attribute), "value", isSame));
  }
  return all;
}

}  // namespace canvass
