#include "microdata/skipped_records.h"

#include <fmt/format.h>

namespace canvass {

void SkippedRecords::add(SkippedRecord one) {
  const auto [entry, isNew] = cases_.try_emplace({one.id, one.reason});
  if (isNew) entry->second.first = std::move(one);
  ++entry->second.count;
}

std::vector<SkippedRecord> SkippedRecords::list() const {
  std::vector<SkippedRecord> all;
  for (const auto& [key, cases] : cases_) {
    SkippedRecord& one = all.emplace_back(cases.first);
    if (cases.count > 1) one.reason += fmt::format(" (the first of {} {})", cases.count, unit_);
  }
  return all;
}

}  // namespace canvass
