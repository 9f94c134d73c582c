#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/utf8.h"
#include "report/terminal/column_layout.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

constexpr std::size_t minNamesWidth = 24;  // left for names, however many columns there are

const std::vector<Group>& groupsOf(const Evaluation& evaluation, Grouping grouping) {
  return grouping == Grouping::topic ? evaluation.byTopic : evaluation.byPopulation;
}

// Null if the evaluation has no item of the group.
const MetricMean* meanOf(const Evaluation& evaluation, Grouping grouping, const std::string& key,
                         std::size_t metric) {
  const auto& groups = groupsOf(evaluation, grouping);
  const auto found = std::ranges::find(groups, key, &Group::key);
  return found == groups.end() ? nullptr : &found->metrics.means[metric];
}

// A figure over other items than the first column's is not shown: it would not be comparable.
std::string figure(const MetricMean* mean, std::size_t items, const TerminalStyle& style) {
  if (mean == nullptr || mean->items == 0 || mean->items != items) {
    return std::string(sign("–", "-", style));
  }
  if (std::isinf(mean->mean)) return std::string(sign("∞", "inf", style));
  return fmt::format("{:.3f}", mean->mean);
}

// The column of names: as wide as the longest of them and its title, if there is room.
std::size_t namesWidth(const std::vector<Group>& groups, const std::string& title,
                       std::size_t room) {
  std::size_t width = displayWidth(title);
  for (const Group& group : groups) width = std::max(width, displayWidth(onOneLine(group.name)));
  return std::min(width + 1, std::max(minNamesWidth, room));
}

}  // namespace

std::string groupTable(const std::vector<TableColumn>& columns, Grouping grouping,
                       std::string_view metricName, const TerminalStyle& style) {
  const std::size_t metric = metricIndex(metricName);
  const auto& groups = groupsOf(*columns.front().evaluation, grouping);
  const std::string title = fmt::format("{} by {}", itemMetrics()[metric].title,
                                        grouping == Grouping::topic ? "topic" : "population");
  std::vector<std::string> titles;
  for (const TableColumn& column : columns) titles.push_back(column.title);
  const std::size_t itemsWidth = itemsColumnWidth(columns.front().evaluation->metrics.items);
  const std::size_t room = usableWidth(style) - itemsWidth;
  const std::size_t minNames = std::max(minNamesWidth, displayWidth(title) + 1);
  std::string table;
  for (const ColumnBlock& block : columnBlocks(titles, room - std::min(room, minNames))) {
    const std::size_t names = namesWidth(groups, title, room - std::min(room, block.width()));
    table += table.empty() ? "" : "\n";
    table += headerOf(block, titles, {title, names, "items", itemsWidth}, style);
    for (const Group& group : groups) {
      const std::size_t items = group.metrics.means[metric].items;
      table += padRight(shortened(group.name, names - 1, style), names);
      for (std::size_t c = 0; c < block.widths.size(); ++c) {
        const Evaluation& evaluation = *columns[block.first + c].evaluation;
        const MetricMean* mean = meanOf(evaluation, grouping, group.key, metric);
        table += padLeft(figure(mean, items, style) + " ", block.widths[c]);
      }
      table += inked(padLeft(grouped(items), itemsWidth), Ink::faint, style) + "\n";
    }
  }
  return table;
}

}  // namespace canvass
