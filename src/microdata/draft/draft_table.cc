#include "microdata/draft/draft_table.h"

#include <fmt/format.h>

#include <map>
#include <numeric>
#include <optional>

#include "base/error.h"
#include "microdata/draft/column_names.h"
#include "microdata/draft/toml_text.h"
#include "microdata/import_plan.h"

namespace canvass {
namespace {

constexpr std::size_t maxQuestions = 10'000;

std::optional<LongColumns> guessLong(const std::vector<Variable>& variables) {
  const auto respondent =
      findColumn(variables, {"respondent", "respondent_id", "respondentid", "resp_id", "respid",
                             "person", "person_id", "case", "case_id", "caseid", "id", "uuid"});
  const auto question =
      findColumn(variables, {"question", "question_id", "questionid", "qid", "item", "variable"});
  const auto answer = findColumn(variables, {"answer", "response", "value", "code"});
  if (!respondent || !question || !answer) return std::nullopt;
  return LongColumns{*respondent, *question, *answer};
}

DraftTable observeLong(const LongColumns& columns, MicrodataReader& reader, Progress& progress) {
  const auto& variables = reader.variables();
  std::vector<ObservedCodes> observed(variables.size());
  std::map<std::string, ObservedCodes> answers;
  std::vector<std::size_t> chosen(variables.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  reader.read(
      chosen,
      [&](const RespondentRecord& record) {
        for (std::size_t i = 0; i < chosen.size(); ++i) observe(record.values[i], observed[i]);
        observe(record.values[columns.answer], answers[codeText(record.values[columns.question])]);
        if (answers.size() <= maxQuestions) return;
        throw Error(fmt::format("the column \"{}\" has more than {} values, too many for questions",
                                variables[columns.question].name, maxQuestions),
                    reader.place(), "write the mapping by hand, as docs/importing.md says");
      },
      progress);
  DraftTable table;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    if (i == columns.respondent || i == columns.question || i == columns.answer) continue;
    table.variables.push_back(variables[i]);
    table.observed.push_back(std::move(observed[i]));
  }
  for (auto& [name, codes] : answers) {
    table.variables.push_back(reader.rowVariable(name));
    table.observed.push_back(std::move(codes));
  }
  table.toml = fmt::format(
      "\n[table]  # check: is a row one answer of a respondent?\nshape = \"long\"\n"
      "respondent = {}\nquestion = {}\nanswer = {}\n",
      tomlText(variables[columns.respondent].name), tomlText(variables[columns.question].name),
      tomlText(variables[columns.answer].name));
  return table;
}

}  // namespace

DraftTable observeTable(MicrodataReader& reader, Progress& progress) {
  if (const auto columns = guessLong(reader.variables())) {
    return observeLong(*columns, reader, progress);
  }
  return {reader.variables(), observeCodes(reader, progress), {}};
}

}  // namespace canvass
