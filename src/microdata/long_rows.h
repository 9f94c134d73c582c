#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "microdata/import_plan.h"

namespace canvass {

// Which respondent and which question the records of one long table are about.
class LongRows {
 public:
  // A respondent who cannot be used.
  static constexpr std::uint32_t leftOut = UINT32_MAX;

  explicit LongRows(const std::vector<QuestionPlan>& questions);

  // A reference to this respondent's index, for the caller to fill in at the first record, when it
  // is empty. It is valid until the next call.
  std::optional<std::uint32_t>& respondent(const Value& id);

  // Indices into the plan's questions: several may share a variable. Empty, and counted, if the
  // mapping has none.
  const std::vector<std::size_t>& questionsOf(const Value& question);

  // Questions of the table that the mapping does not use, with their numbers of records, are added.
  void countUnused(std::map<std::string, std::size_t>& unused) const;

 private:
  struct Question {
    std::vector<std::size_t> indices;
    std::size_t records = 0;
  };

  std::unordered_map<std::string, std::optional<std::uint32_t>> respondents_;
  std::unordered_map<std::string, Question> questions_;
};

}  // namespace canvass
