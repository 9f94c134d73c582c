#include "microdata/draft/draft_table.h"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <unordered_set>

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

// What a scan of a long table shows, and whether its records agree on each respondent.
class LongScan {
 public:
  LongScan(const LongColumns& columns, MicrodataReader& reader)
      : columns_(columns),
        reader_(reader),
        observed_(reader.variables().size()),
        varies_(reader.variables().size(), false) {}

  void add(const RespondentRecord& record);
  DraftTable table();

 private:
  // Throws Error at the record.
  std::string idOf(const RespondentRecord& record, std::size_t column) const;
  void compare(const RespondentRecord& record, const std::string& respondent);
  const std::string& nameOf(std::size_t column) const { return reader_.variables()[column].name; }
  bool isOfAnswers(std::size_t column) const {
    return column == columns_.respondent || column == columns_.question ||
           column == columns_.answer;
  }

  LongColumns columns_;
  MicrodataReader& reader_;
  std::vector<ObservedCodes> observed_;
  std::vector<bool> varies_;  // within a respondent
  std::map<std::string, ObservedCodes> answers_;
  std::unordered_set<std::string> answered_;  // respondent and question
  std::unordered_map<std::string, std::vector<std::size_t>> firstValues_;  // hashes
};

std::string LongScan::idOf(const RespondentRecord& record, std::size_t column) const {
  if (record.values[column].kind != Value::Kind::missing) return codeText(record.values[column]);
  throw Error(fmt::format("the column \"{}\" is empty, but looks like that of a long table's "
                          "respondents or questions",
                          nameOf(column)),
              reader_.place(), "correct the file, or write the mapping by hand");
}

void LongScan::compare(const RespondentRecord& record, const std::string& respondent) {
  std::vector<std::size_t> values;
  for (const Value& value : record.values)
    values.push_back(std::hash<std::string>()(codeText(value)));
  const auto [first, isNew] = firstValues_.emplace(respondent, values);
  for (std::size_t i = 0; !isNew && i < values.size(); ++i) {
    if (values[i] != first->second[i]) varies_[i] = true;
  }
}

void LongScan::add(const RespondentRecord& record) {
  const std::string respondent = idOf(record, columns_.respondent);
  const std::string question = idOf(record, columns_.question);
  if (!answered_.insert(respondent + '\n' + question).second) {
    throw Error(
        fmt::format("respondent {} has a second answer to question {}", respondent, question),
        reader_.place(), "remove one of them, or write the mapping by hand");
  }
  compare(record, respondent);
  for (std::size_t i = 0; i < observed_.size(); ++i) observe(record.values[i], observed_[i]);
  observe(record.values[columns_.answer], answers_[question]);
  if (answers_.size() <= maxQuestions) return;
  throw Error(fmt::format("the column \"{}\" has more than {} values, too many for questions",
                          nameOf(columns_.question), maxQuestions),
              reader_.place(), "write the mapping by hand, as docs/importing.md says");
}

DraftTable LongScan::table() {
  DraftTable table;
  for (std::size_t i = 0; i < observed_.size(); ++i) {
    if (isOfAnswers(i) || varies_[i]) continue;
    table.variables.push_back(reader_.variables()[i]);
    table.observed.push_back(std::move(observed_[i]));
  }
  table.columns = table.variables.size();
  for (auto& [name, codes] : answers_) {
    table.variables.push_back(reader_.rowVariable(name));
    table.observed.push_back(std::move(codes));
  }
  table.toml = fmt::format(
      "\n[table]  # check: is a row one answer of a respondent?\nshape = \"long\"\n"
      "respondent = {}\nquestion = {}\nanswer = {}\n",
      tomlText(nameOf(columns_.respondent)), tomlText(nameOf(columns_.question)),
      tomlText(nameOf(columns_.answer)));
  return table;
}

DraftTable observeLong(const LongColumns& columns, MicrodataReader& reader, Progress& progress) {
  LongScan scan(columns, reader);
  std::vector<std::size_t> chosen(reader.variables().size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  reader.read(
      chosen, [&scan](const RespondentRecord& record) { scan.add(record); }, progress);
  return scan.table();
}

}  // namespace

DraftTable observeTable(MicrodataReader& reader, Progress& progress) {
  if (const auto columns = guessLong(reader.variables())) {
    return observeLong(*columns, reader, progress);
  }
  return {reader.variables(), observeCodes(reader, progress), {}, reader.variables().size()};
}

}  // namespace canvass
