#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "microdata/design_collector.h"
#include "microdata/import_plan.h"
#include "microdata/long_rows.h"
#include "microdata/microdata_reader.h"
#include "microdata/skipped_records.h"

namespace canvass {

// What a mapping uses of the respondents, column by column, in two bytes a value.
struct Respondents {
  SampleDesign design;
  std::vector<std::vector<std::int16_t>> answers;     // by question, as in the plan
  std::vector<std::vector<std::int16_t>> categories;  // by attribute; noCategory if it has none
  std::vector<std::size_t> records;  // of each respondent: the number of the (first) record
  std::vector<std::string> keys;     // of each respondent: the id; empty if the mapping names none

  std::size_t size() const { return design.weights.size(); }
};

// Takes records of one or several files into columns. A record of a wide table is a respondent; of
// a long one it is an answer, in any order, and a respondent without a record for a question was
// not asked.
//
// An unknown code and an invalid weight are an Error at the record's location; with `skipInvalid`
// the answer, or the respondent, is left out and listed. The same holds in a long table for a
// second answer of a respondent to a question, and for a record that gives its respondent another
// weight, stratum, cluster or attribute than the first one did.
//
// Memory: two bytes for each respondent and question or attribute, and what the design takes. While
// a long table is read, it takes in addition each respondent's id and some 60 bytes.
class RespondentCollector {
 public:
  // Refers to the mapping, which must outlive it.
  RespondentCollector(const Mapping& mapping, bool skipInvalid, bool ignoresCase = false);

  // All of the file's records. Also throws Error with all that differs if the file's labels result
  // in other questions or attribute values than those of earlier files; with `ignoresCase` upper
  // and lower case may differ.
  void read(MicrodataReader& reader, Progress& progress);

  const ImportPlan& plan() const { return plan_; }
  const Respondents& respondents() const { return respondents_; }
  std::vector<SkippedRecord> skipped() const { return skipped_.list(); }
  // Codes that no value of an attribute stands for: how many respondents have each.
  std::vector<std::string> notes() const;

 private:
  void take(ImportPlan plan);
  void requireSameMeanings(const ImportPlan& plan) const;
  void readRecords(Progress& progress);
  void add(const RespondentRecord& record);
  void readLong(const LongColumns& columns, Progress& progress);
  void addAnswer(const LongColumns& columns, const RespondentRecord& record, LongRows& rows);
  bool addRespondent(const RespondentRecord& record);
  bool isSame(std::uint32_t respondent, const RespondentRecord& record);
  std::int16_t answerOf(QuestionPlan& question, const Value& value);
  void reject(const std::string& subject, const std::string& reason, const std::string& remedy);

  const Mapping& mapping_;
  bool skipInvalid_;
  bool ignoresCase_;
  ImportPlan plan_;  // for the current file
  Respondents respondents_;
  MicrodataReader* reader_ = nullptr;  // while it is read
  std::size_t record_ = 0;
  std::size_t files_ = 0;
  DesignCollector design_;
  std::vector<std::map<std::string, std::size_t>> uncategorised_;  // by attribute
  SkippedRecords skipped_{"respondents"};
  std::map<std::string, std::size_t> unusedQuestions_;  // of long tables: how many records each has
};

}  // namespace canvass
