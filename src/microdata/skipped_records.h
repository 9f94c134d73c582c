#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace canvass {

// A record of a file, or a value of one, that could not be used. An item that does not enter any
// figure is different: see Skipped (predictions/prediction_match.h).
struct SkippedRecord {
  std::string file;
  std::size_t record = 0;  // counted from 1
  std::string id;          // of the question, or as the record gives it; empty if it has none
  std::string reason;
};

// What could not be used of a file of respondents, merging cases with the same id and reason.
class SkippedRecords {
 public:
  // `unit`: what is counted, in the plural: "respondents".
  explicit SkippedRecords(std::string unit) : unit_(std::move(unit)) {}

  void add(SkippedRecord one);
  // The first case of each, by id and reason; if there are several, the reason says how many.
  std::vector<SkippedRecord> list() const;

 private:
  struct Cases {
    SkippedRecord first;
    std::size_t count = 0;
  };

  std::string unit_;
  std::map<std::pair<std::string, std::string>, Cases> cases_;
};

}  // namespace canvass
