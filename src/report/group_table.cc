#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/terminal.h"

namespace canvass {
namespace {

constexpr std::size_t figureWidth = 14;
constexpr std::size_t itemsWidth = 7;
constexpr std::size_t narrowestName = 16;

const std::vector<Group>& groupsOf(const Evaluation& evaluation, Grouping grouping) {
  return grouping == Grouping::topic ? evaluation.byTopic : evaluation.byPopulation;
}

// Null where the evaluation has no item of the group.
const MetricMean* meanOf(const Evaluation& evaluation, Grouping grouping, const std::string& key,
                         std::size_t metric) {
  const auto& groups = groupsOf(evaluation, grouping);
  const auto found = std::ranges::find(groups, key, &Group::key);
  return found == groups.end() ? nullptr : &found->metrics.means[metric];
}

// A figure over other items than the first column's is not shown: it would not compare.
std::string figure(const MetricMean* mean, std::size_t items, const TerminalStyle& style) {
  if (mean == nullptr || mean->items == 0 || mean->items != items) {
    return std::string(sign("–", "-", style));
  }
  if (std::isinf(mean->mean)) return std::string(sign("∞", "inf", style));
  return fmt::format("{:.3f}", mean->mean);
}

}  // namespace

std::string groupTable(const std::vector<TableColumn>& columns, Grouping grouping,
                       std::string_view metricName, const TerminalStyle& style) {
  const std::size_t metric = metricIndex(metricName);
  const std::size_t figures = columns.size() * figureWidth + itemsWidth;
  const std::size_t width = usableWidth(style);
  const std::size_t nameWidth =
      std::max(narrowestName, width > figures ? width - figures : narrowestName);
  const char* const kind = grouping == Grouping::topic ? "topic" : "population";
  std::string header =
      padRight(fmt::format("{} by {}", itemMetrics()[metric].title, kind), nameWidth);
  for (const TableColumn& column : columns) {
    header += padLeft(shortened(column.title, figureWidth - 1, style), figureWidth);
  }
  std::string table = inked(header + padLeft("items", itemsWidth), Ink::strong, style) + "\n";
  for (const Group& group : groupsOf(*columns.front().evaluation, grouping)) {
    const std::size_t items = group.metrics.means[metric].items;
    std::string row = padRight(shortened(group.name, nameWidth - 1, style), nameWidth);
    for (const TableColumn& column : columns) {
      row += padLeft(figure(meanOf(*column.evaluation, grouping, group.key, metric), items, style),
                     figureWidth);
    }
    table += row + inked(padLeft(grouped(items), itemsWidth), Ink::faint, style) + "\n";
  }
  return table;
}

}  // namespace canvass
