#include "microdata/aggregated/share_populations.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/list_text.h"
#include "microdata/counts_text.h"
#include "microdata/phrase.h"
#include "microdata/populations.h"

namespace canvass {

SharePopulations::SharePopulations(const Mapping& mapping, const AggregatedTable& table)
    : table_(table) {
  for (const MappedGrouping& grouping : mapping.groupings) {
    std::vector<bool> divides;
    for (const MappedAttribute& one : mapping.attributes) {
      divides.push_back(std::find(grouping.by.begin(), grouping.by.end(), one.name) !=
                        grouping.by.end());
    }
    const auto [first, isNew] = groupings_.emplace(std::move(divides), &grouping);
    if (isNew) continue;
    throw Error(fmt::format("the populations of {} are divided by the same attributes",
                            first->second->where),
                grouping.where, "remove one of the two");
  }
}

std::size_t SharePopulations::add(Population population, std::size_t minimum) {
  populations_.push_back(std::move(population));
  minima_.push_back(minimum);
  return populations_.size() - 1;
}

std::optional<std::size_t> SharePopulations::byColumn(const AggregatedColumns& columns,
                                                      const RespondentRecord& record) {
  Population population;
  population.id = codeText(record.values[*columns.population]);
  if (population.id.empty()) throw Error("the population is missing");
  const auto textOr = [&record](const std::optional<std::size_t>& column, auto otherwise) {
    return column ? codeText(record.values[*column]) : otherwise();
  };
  population.name = textOr(columns.populationName, [&] { return population.id; });
  population.phrase = textOr(columns.populationPhrase, [&] {
    return Phrase(table_.phrase, {"population"}, {}).fill({{"population", population.name}});
  });
  for (const auto& [name, column] : columns.attributes) {
    const std::string value = codeText(record.values[column]);
    if (!value.empty()) population.attributes[name] = value;
  }
  const auto [entry, isNew] = indices_.emplace(std::vector{population.id}, populations_.size());
  if (isNew) return add(std::move(population), 0);
  if (population != populations_[entry->second]) {
    throw Error(fmt::format(
        "the name, phrase or an attribute of population \"{}\" differs from that in an earlier row",
        population.id));
  }
  return entry->second;
}

bool SharePopulations::isUndivided(const Value& value) const {
  const std::string code = codeText(value);
  return code.empty() || std::find(table_.undivided.begin(), table_.undivided.end(), code) !=
                             table_.undivided.end();
}

std::optional<std::size_t> SharePopulations::find(const RespondentRecord& record, ImportPlan& plan,
                                                  const MicrodataReader& reader) {
  const auto& columns = std::get<AggregatedColumns>(plan.table);
  if (columns.population) return byColumn(columns, record);
  std::vector<bool> divides;
  std::vector<std::string> names;
  std::map<std::string, Category> values;
  for (AttributePlan& attribute : plan.attributes) {
    const Value& value = record.values[attribute.column];
    divides.push_back(!isUndivided(value));
    names.emplace_back();
    if (!divides.back()) continue;
    const std::int16_t category = categoryOf(attribute, value, reader);
    if (category == noCategory) {
      throw Error(fmt::format("\"{}\" is not a value of the attribute \"{}\"", codeText(value),
                              attribute.name),
                  {},
                  fmt::format("list it among the attribute's values, or under [table] if it means "
                              "all of them: all = [\"{}\"]",
                              codeText(value)));
    }
    values[attribute.name] = attribute.categories[static_cast<std::size_t>(category)];
    names.back() = values[attribute.name].name;
  }
  if (const auto known = indices_.find(names); known != indices_.end()) return known->second;
  const auto grouping = groupings_.find(divides);
  if (grouping == groupings_.end()) {
    std::vector<std::string> by;
    for (const auto& [name, category] : values) by.push_back(name);
    ++unused_[by.empty() ? "all together" : fmt::format("by {}", fmt::join(by, ", "))];
    return std::nullopt;
  }
  std::vector<Category> ordered;
  for (const std::string& name : grouping->second->by) ordered.push_back(values.at(name));
  indices_[names] = populations_.size();
  return add(makePopulation(*grouping->second, ordered), grouping->second->minimum);
}

std::vector<std::string> SharePopulations::notes() const {
  if (unused_.empty()) return {};
  const auto [rows, ways] = countsText(unused_);
  return {fmt::format("{} of populations that the mapping does not use ({})", counted(rows, "row"),
                      ways)};
}

}  // namespace canvass
