#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "microdata/aggregated/aggregated_survey.h"
#include "microdata/import_plan.h"

namespace canvass {

// Takes the rows of one or several aggregated tables, in any order, into a survey. A row that
// cannot be used, rows that contradict each other and shares of an item that do not sum to their
// total are an Error at the row's location (the item's first row for a sum); with `skipInvalid`
// the row is left out with its whole item, and listed.
//
// Memory: some 400 bytes for each item and 32 for each of its rows, in addition to what a survey of
// that size takes.
class AggregatedCollector {
 public:
  // Refers to the mapping, which must outlive it and have an aggregated table.
  AggregatedCollector(const Mapping& mapping, bool skipInvalid);

  void read(MicrodataReader& reader, Progress& progress);

  // The survey of all rows; throws Error if no item is left. The collector must not be used for
  // reading afterwards.
  Tabulation finish();
  std::size_t rows() const { return rows_; }
  // What was left out; complete after finish().
  std::vector<SkippedRecord> skipped() const { return skipped_.list(); }

 private:
  void add(const RespondentRecord& record);
  void addRow(const RespondentRecord& record);
  AggregatedCell& cellOf(std::size_t question, std::size_t population);
  void addShare(ShareCell& cell, std::int16_t option, const RespondentRecord& record);
  void addSizes(ShareCell& cell, const RespondentRecord& record);
  void addValue(std::size_t question, std::int16_t option, const RespondentRecord& record);

  const Mapping& mapping_;
  bool skipInvalid_;
  ImportPlan plan_;  // for the current file
  MicrodataReader* reader_ = nullptr;
  std::size_t record_ = 0;
  std::size_t rows_ = 0;
  AggregatedCell* cell_ = nullptr;  // of the current row, once it is known
  ShareQuestions questions_;
  SharePopulations populations_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> indices_;
  std::vector<AggregatedCell> cells_;  // in the order of their first rows
  SkippedRecords skipped_{"rows"};
};

}  // namespace canvass
