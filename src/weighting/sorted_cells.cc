#include "weighting/sorted_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/list_text.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

using Values = std::vector<std::int16_t>;  // a category of each attribute of the margin

std::vector<std::size_t> attributesOf(const Margin& margin, const std::string& file,
                                      const ImportPlan& plan) {
  std::vector<std::string> known;
  for (const AttributePlan& one : plan.attributes) known.push_back(one.name);
  std::vector<std::size_t> indices;
  for (const std::string& name : margin.attributes) {
    const auto found = std::ranges::find(known, name);
    if (found == known.end()) {
      throw Error(fmt::format("the mapping has no attribute \"{}\"", name), file,
                  suggestion(name, known));
    }
    indices.push_back(static_cast<std::size_t>(found - known.begin()));
  }
  return indices;
}

Values valuesOf(const MarginCell& cell, const std::vector<std::size_t>& attributes,
                const ImportPlan& plan) {
  Values values;
  for (std::size_t a = 0; a < attributes.size(); ++a) {
    const AttributePlan& attribute = plan.attributes[attributes[a]];
    std::vector<std::string> known;
    for (const Category& one : attribute.categories) known.push_back(one.name);
    const auto found = std::ranges::find(known, cell.values[a]);
    if (found == known.end()) {
      throw Error(fmt::format("the attribute \"{}\" has no value \"{}\" among the respondents",
                              attribute.name, cell.values[a]),
                  cell.where, suggestion(cell.values[a], known));
    }
    values.push_back(static_cast<std::int16_t>(found - known.begin()));
  }
  return values;
}

std::string nameOf(const Values& values, const std::vector<std::size_t>& attributes,
                   const ImportPlan& plan) {
  std::vector<std::string> names;
  for (std::size_t a = 0; a < values.size(); ++a) {
    const auto& categories = plan.attributes[attributes[a]].categories;
    names.push_back(categories[static_cast<std::size_t>(values[a])].name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::vector<std::uint32_t> sortIntoCells(const Margin& margin, const std::string& file,
                                         const ImportPlan& plan, const Respondents& respondents) {
  const std::vector<std::size_t> attributes = attributesOf(margin, file, plan);
  std::map<Values, std::uint32_t> indices;
  for (const MarginCell& cell : margin.cells) {
    indices.emplace(valuesOf(cell, attributes, plan), static_cast<std::uint32_t>(indices.size()));
  }
  std::map<std::string, std::size_t> unlisted;
  std::vector<std::uint32_t> cells;
  for (std::size_t i = 0; i < respondents.size(); ++i) {
    Values values;
    for (const std::size_t a : attributes) values.push_back(respondents.categories[a][i]);
    const auto found = indices.find(values);
    const bool isMissing = std::ranges::find(values, noCategory) != values.end();
    if (found == indices.end() && !isMissing && respondents.design.weights[i] > 0.0) {
      ++unlisted[nameOf(values, attributes, plan)];
    }
    cells.push_back(found == indices.end() ? static_cast<std::uint32_t>(margin.cells.size())
                                           : found->second);
  }
  if (unlisted.empty()) return cells;
  std::vector<std::string> names;
  for (const auto& [name, count] : unlisted) names.push_back(fmt::format("{} ({})", name, count));
  throw Error(fmt::format("the margin {} does not list {}", margin.name(), listText(names)), file,
              "list them, or give them no value in the mapping");
}

}  // namespace canvass
