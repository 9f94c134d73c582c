#include "jinja/filters.h"

#include "jinja/budget.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

Filter findFilter(const std::string& name) {
  for (const FilterTable* table : {&textFilters(), &sequenceFilters(), &selectionFilters()}) {
    const auto found = table->find(name);
    if (found != table->end()) return found->second;
  }
  return nullptr;
}

}  // namespace

bool hasFilter(const std::string& name) { return findFilter(name) != nullptr; }

Value applyFilter(const std::string& name, const Value& input, const Arguments& arguments) {
  spend(kStepsOfCall);
  const Filter filter = findFilter(name);
  if (filter == nullptr) throw Failure{"there is no filter '" + name + "'"};
  return filter(input, arguments);
}

}  // namespace canvass::jinja
