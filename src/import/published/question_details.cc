#include "import/published/question_details.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/list_text.h"
#include "import/published/no_answer.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

void makeNominal(const std::vector<std::string>& nominal, Survey& survey) {
  std::map<std::string, Question*> questions;
  std::vector<std::string> ids;
  for (Question& question : survey.questions) {
    questions[question.id] = &question;
    ids.push_back(question.id);
  }
  for (const std::string& id : nominal) {
    if (!questions.contains(id)) {
      throw Error(fmt::format("the nominal question \"{}\" is not in the survey", id), {},
                  suggestion(id, ids));
    }
    questions[id]->scale = Scale::nominal;
  }
}

bool hasNoAnswer(const Question& question) {
  return question.scale == Scale::ordinal &&
         std::any_of(question.options.begin(), question.options.end(),
                     [](const Option& option) { return isNoAnswer(option.text); });
}

}  // namespace

void applyQuestionDetails(const ImportOptions& options, ImportResult& result) {
  makeNominal(options.nominalQuestions, result.survey);
  if (options.topics.empty()) return;
  const std::vector<std::string> uncovered = applyTopics(options.topics, result.survey);
  if (!uncovered.empty()) {
    result.notes.push_back(fmt::format("{} not in any topic range: {}",
                                       counted(uncovered.size(), "question"),
                                       fmt::join(uncovered, ", ")));
  }
}

void noteOddQuestions(ImportResult& result) {
  std::vector<std::string> ids;
  for (const Question& question : result.survey.questions) {
    if (question.text.empty()) ids.push_back(question.id);
  }
  if (!ids.empty()) {
    result.notes.push_back(fmt::format("{} without a text, only options: {}",
                                       counted(ids.size(), "question"), fmt::join(ids, ", ")));
  }
  const auto& questions = result.survey.questions;
  const auto count = std::count_if(questions.begin(), questions.end(), hasNoAnswer);
  if (count == 0) return;
  result.notes.push_back(
      fmt::format("{} treated as ordinal with an option such as \"DK/Refused\", which is "
                  "not part of an order: it counts at the position where it is listed",
                  counted(static_cast<std::size_t>(count), "question")));
}

}  // namespace canvass
