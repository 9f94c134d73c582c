#include "microdata/unusable_values.h"

#include <fmt/format.h>

namespace canvass {

void UnusableValues::add(UnusableValue one) {
  const auto [entry, isNew] = cases_.try_emplace({one.subject, one.reason});
  if (isNew) entry->second.first = std::move(one);
  ++entry->second.count;
}

std::vector<UnusableValue> UnusableValues::list() const {
  std::vector<UnusableValue> all;
  for (const auto& [key, cases] : cases_) {
    UnusableValue& one = all.emplace_back(cases.first);
    if (cases.count > 1) one.reason += fmt::format(" (the first of {} {})", cases.count, unit_);
  }
  return all;
}

}  // namespace canvass
