#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "microdata/import_plan.h"
#include "microdata/microdata_reader.h"

namespace canvass {

// The questions of an aggregated table: those that the mapping lists, else each value of its
// column. Options that neither mapping nor codebook lists are added in the order of their rows.
class ShareQuestions {
 public:
  // Refers to both, which must outlive it. Throws Error if two questions have one variable.
  ShareQuestions(const Mapping& mapping, const AggregatedTable& table);

  // The question's index; nothing if the mapping only lists others: the row is then counted. Of a
  // question that the mapping does not list, the row may give text, topic and scale. Throws Error,
  // without a location, if it differs from an earlier row, or an unknown scale.
  std::optional<std::size_t> find(const AggregatedColumns& columns, const RespondentRecord& record,
                                  const MicrodataReader& reader);
  // An option's index or a kind of missing; nothing if it is not an option of the question, or
  // exceeds the number that a question can have. `text`: the option's words, if the table has
  // them; its code is its label then.
  std::optional<std::int16_t> optionOf(std::size_t question, const Value& code, const Value* text);
  // The value of an option as a row gives it; used if the options come from the rows. False if
  // another row gave another value.
  bool giveValue(std::size_t question, std::int16_t option, double value);

  // True if rows determine the options, and there are already as many as there can be.
  bool isFull(std::size_t question) const;
  const std::string& idOf(std::size_t question) const {
    return entries_[question].plan.question.id;
  }
  // With options in the order of their values, if they have any. An unspecified scale is interval
  // if every option has a value, else nominal.
  Question finish(std::size_t question, std::vector<std::size_t>& order) const;
  // Notes for the user.
  std::vector<std::string> notes() const;

 private:
  struct Entry {
    QuestionPlan plan;
    bool isOpen = false;
    bool isListed = false;
    bool hasLabels = false;  // the table gives its options' labels
    bool hasScale = false;
    bool valuesFromCodes = false;
  };

  std::size_t add(const MappedQuestion& mapped, const Variable& variable, bool isListed);
  std::size_t addUnlisted(const std::string& name, const AggregatedColumns& columns,
                          const RespondentRecord& record, const MicrodataReader& reader);

  const Mapping& mapping_;
  const AggregatedTable& table_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> indices_;
  std::map<std::string, std::size_t> unused_;
};

}  // namespace canvass
