#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "microdata/import_plan.h"
#include "microdata/microdata_reader.h"
#include "stats/share_estimates.h"

namespace canvass {

inline constexpr std::int16_t noCategory = -1;

// What a mapping uses of the respondents, column by column, in two bytes a value.
struct Respondents {
  SampleDesign design;
  std::vector<std::vector<std::int16_t>> answers;     // by question, as in the plan
  std::vector<std::vector<std::int16_t>> categories;  // by attribute; noCategory where it has none

  std::size_t size() const { return design.weights.size(); }
};

// Something that could not be used, all cases of it as one.
struct UnusableValue {
  std::string file;
  std::size_t record = 0;  // the first, counted from 1
  std::string subject;     // the question's id; empty for a whole respondent
  std::string reason;
};

// Takes records of one or several files into columns. A code that the mapping does not know and a
// weight that is none are an Error at the record's place; with `skipInvalid` the answer, or the
// respondent, is left out and listed.
class RespondentCollector {
 public:
  // Refers to the mapping, which must outlive it.
  RespondentCollector(const Mapping& mapping, bool skipInvalid);

  // All of the file's records. Throws Error too where the file's labels make other questions or
  // attribute values than the files before it.
  void read(MicrodataReader& reader, Progress& progress);

  const ImportPlan& plan() const { return plan_; }
  const Respondents& respondents() const { return respondents_; }
  std::vector<UnusableValue> unusable() const;
  // Codes that no value of an attribute stands for: how many respondents have each.
  std::vector<std::string> notes() const;

 private:
  using Ids = std::unordered_map<std::string, std::uint32_t>;
  struct Unusable {
    UnusableValue first;
    std::size_t count = 0;
  };

  void take(ImportPlan plan);
  void add(const RespondentRecord& record);
  void addWeight(const RespondentRecord& record);
  std::uint32_t idOf(const Value& value, const char* what, std::uint32_t within, Ids& ids);
  void addDesign(const RespondentRecord& record);
  std::int16_t answerOf(const QuestionPlan& question, const Value& value);
  std::int16_t categoryOf(AttributePlan& attribute, const Value& value);
  std::int16_t openCategory(AttributePlan& attribute, const Value& value);
  void reject(const std::string& subject, const std::string& reason, const std::string& remedy);

  const Mapping& mapping_;
  bool skipInvalid_;
  ImportPlan plan_;  // for the file at hand
  Respondents respondents_;
  MicrodataReader* reader_ = nullptr;  // while it is read
  std::size_t record_ = 0;
  std::size_t files_ = 0;
  Ids strata_;
  Ids clusters_;
  std::vector<std::map<std::string, std::size_t>> uncategorised_;  // by attribute
  std::map<std::pair<std::string, std::string>, Unusable> unusable_;
};

}  // namespace canvass
