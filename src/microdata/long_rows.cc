#include "microdata/long_rows.h"

namespace canvass {

LongRows::LongRows(const std::vector<QuestionPlan>& questions) {
  for (std::size_t q = 0; q < questions.size(); ++q) {
    questions_[codeText(valueOf(questions[q].variable.name))].indices.push_back(q);
  }
}

std::optional<std::uint32_t>& LongRows::respondent(const Value& id) {
  return respondents_[codeText(id)];
}

const std::vector<std::size_t>& LongRows::questionsOf(const Value& question) {
  Question& found = questions_[codeText(question)];
  ++found.records;
  return found.indices;
}

void LongRows::countUnused(std::map<std::string, std::size_t>& unused) const {
  for (const auto& [name, question] : questions_) {
    if (question.indices.empty()) unused[name] += question.records;
  }
}

}  // namespace canvass
