#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "report/terminal/column_layout.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

using Columns = std::vector<TableColumn>;

constexpr std::size_t labelWidth = 24;  // "Earth mover's distance" and an arrow

const MetricMean& meanOf(const TableColumn& column, std::size_t metric) {
  return column.evaluation->metrics.means[metric];
}

std::string formatted(const MetricMean& mean, const TerminalStyle& style) {
  if (mean.items == 0) return std::string(sign("–", "-", style));
  if (std::isinf(mean.mean)) return std::string(sign("∞", "inf", style));
  return fmt::format("{:.3f}", mean.mean);
}

bool sameDenominator(const Columns& columns, std::size_t column, std::size_t metric) {
  return meanOf(columns[column], metric).items == meanOf(columns.front(), metric).items;
}

double asPrinted(double mean) { return std::round(mean * 1e3) / 1e3; }

// The best figure of a row as printed; nothing if fewer than two columns can be compared, or all
// are the same.
std::optional<double> bestOf(const Columns& columns, std::size_t metric) {
  std::vector<double> comparable;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const MetricMean& mean = meanOf(columns[c], metric);
    if (!columns[c].isCeiling && mean.items > 0 && sameDenominator(columns, c, metric)) {
      comparable.push_back(asPrinted(mean.mean));
    }
  }
  if (comparable.size() < 2) return std::nullopt;
  const auto [lowest, highest] = std::ranges::minmax(comparable);
  if (lowest == highest) return std::nullopt;
  return itemMetrics()[metric].better == Better::higher ? highest : lowest;
}

bool isNoise(const TableColumn& column, std::size_t metric) {
  return metric < column.isNoise.size() && column.isNoise[metric];
}

// The figure, then a mark: for one over other items, for one whose difference from the first
// column's chance may explain, or for the best.
std::string cell(const Columns& columns, std::size_t column, std::size_t metric,
                 std::optional<double> best, std::size_t width, const TerminalStyle& style) {
  const MetricMean& mean = meanOf(columns[column], metric);
  const bool comparable = sameDenominator(columns, column, metric);
  const bool noise = comparable && isNoise(columns[column], metric);
  const bool isBest = !columns[column].isCeiling && comparable && !noise && mean.items > 0 &&
                      best && asPrinted(mean.mean) == *best;
  const std::string mark(isBest        ? "*"
                         : !comparable ? sign("†", "+", style)
                         : noise       ? sign("≈", "~", style)
                                       : " ");
  const std::string text = padLeft(formatted(mean, style) + mark, width);
  return inked(text, isBest ? Ink::good : Ink::plain, style);
}

std::string metricRow(const Columns& columns, std::size_t metric, const ColumnBlock& block,
                      std::size_t itemsWidth, const TerminalStyle& style) {
  const ItemMetric& described = itemMetrics()[metric];
  const std::string_view arrow =
      described.better == Better::higher ? sign("↑", "^", style) : sign("↓", "v", style);
  std::string row = padRight(described.title, labelWidth - 2) + " " + std::string(arrow);
  const auto best = bestOf(columns, metric);
  for (std::size_t c = 0; c < block.widths.size(); ++c) {
    row += cell(columns, block.first + c, metric, best, block.widths[c], style);
  }
  const std::string items = grouped(meanOf(columns.front(), metric).items);
  return row + inked(padLeft(items, itemsWidth), Ink::faint, style) + "\n";
}

// The first column's interval on a line of its own, as in regression tables.
std::string intervalRow(const Columns& columns, std::size_t metric, const ColumnBlock& block,
                        const TerminalStyle& style) {
  const Intervals& intervals = columns[block.first].intervals;
  if (metric >= intervals.size() || !intervals[metric]) return {};
  const std::string text = fmt::format("({:.3f}{}{:.3f})", intervals[metric]->low,
                                       sign("–", "-", style), intervals[metric]->high);
  return inked(padLeft(text, labelWidth + block.widths.front()), Ink::faint, style) + "\n";
}

std::string rule(std::size_t width, const TerminalStyle& style) {
  std::string line;
  for (std::size_t i = 0; i < width; ++i) line += sign("─", "-", style);
  return inked(line, Ink::faint, style) + "\n";
}

std::string blockTable(const Columns& columns, const ColumnBlock& block,
                       const std::vector<std::string>& titles, const TerminalStyle& style) {
  const std::size_t itemsWidth = itemsColumnWidth(columns.front().evaluation->metrics.items);
  std::string table = headerOf(block, titles, {"", labelWidth, "items", itemsWidth}, style);
  table += rule(labelWidth + block.width() + itemsWidth, style);
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    table += metricRow(columns, m, block, itemsWidth, style);
    table += intervalRow(columns, m, block, style);
  }
  return table + '\n';
}

// What a reader must know about a column other than the first.
std::string notesOn(const Columns& columns, std::size_t column, const TerminalStyle& style) {
  const TableColumn& described = columns[column];
  const std::size_t items = described.evaluation->metrics.items;
  const std::size_t wanted = columns.front().evaluation->metrics.items;
  std::string notes;
  if (described.isCeiling) {
    notes += paragraph(
        fmt::format("{}: what samples as large as the survey's would score.", described.title),
        style);
  }
  if (items != wanted) {
    notes += paragraph(fmt::format("{} {}: {}, not {}; not compared.", sign("†", "+", style),
                                   described.title, counted(items, "item"), grouped(wanted)),
                       style);
  }
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    const MetricMean& mean = meanOf(described, m);
    if (mean.infinite == 0) continue;
    notes += paragraph(
        fmt::format("{}, {}: infinite for {} of {}, because {}.", described.title,
                    itemMetrics()[m].title, grouped(mean.infinite), counted(mean.items, "item"),
                    described.isCeiling ? "a sample can miss an option that some choose"
                                        : "an option that was chosen is predicted 0"),
        style);
  }
  return notes;
}

std::string explanation(const Columns& columns, const TerminalStyle& style) {
  std::string text = fmt::format(
      "{} higher is better, {} lower is better, * best in its row. Means over the number of items "
      "in the last column.",
      sign("↑", "^", style), sign("↓", "v", style));
  const Intervals& intervals = columns.front().intervals;
  if (std::ranges::any_of(intervals, [](const auto& one) { return one.has_value(); })) {
    text += fmt::format(" In parentheses: 95% interval of {}.", columns.front().title);
  }
  if (std::ranges::any_of(columns, [](const auto& column) { return !column.isNoise.empty(); })) {
    text += fmt::format(" {} a difference from {} that chance may explain.", sign("≈", "~", style),
                        columns.front().title);
  }
  return paragraph(text, style);
}

std::vector<bool> noiseOf(const Differences& differences) {
  std::vector<bool> noise;
  for (const auto& difference : differences.metrics) {
    noise.push_back(difference && difference->isNoise());
  }
  return noise;
}

}  // namespace

std::vector<TableColumn> columnsOf(const ComparedEvaluation& compared, const std::string& title) {
  std::vector<TableColumn> columns;
  columns.push_back({title.empty() ? compared.evaluation.model : title, &compared.evaluation});
  for (const BaselineEvaluation& baseline : compared.baselines) {
    columns.push_back({std::string(baseline.baseline->title), &baseline.evaluation});
  }
  if (compared.ceiling) columns.push_back({"ceiling", &compared.ceiling->ceiling, true});
  return columns;
}

void markNoise(std::vector<TableColumn>& columns, const Uncertainty& first) {
  columns.front().intervals = first.metrics;
  std::size_t column = 1;
  for (const Differences& differences : first.fromRuns) {
    columns.at(column++).isNoise = noiseOf(differences);
  }
  for (const Differences& differences : first.fromBaselines) {
    columns.at(column++).isNoise = noiseOf(differences);
  }
}

std::string headlineTable(const Columns& columns, const TerminalStyle& style) {
  std::vector<std::string> titles;
  for (const TableColumn& column : columns) titles.push_back(column.title);
  const std::size_t around =
      labelWidth + itemsColumnWidth(columns.front().evaluation->metrics.items);
  std::string table;
  for (const ColumnBlock& block : columnBlocks(titles, usableWidth(style) - around)) {
    table += blockTable(columns, block, titles, style);
  }
  table += explanation(columns, style);
  for (std::size_t c = 0; c < columns.size(); ++c) table += notesOn(columns, c, style);
  return table;
}

}  // namespace canvass
