#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/utf8.h"
#include "report/terminal.h"

namespace canvass {
namespace {

using Columns = std::vector<TableColumn>;

using Widths = std::vector<std::size_t>;  // of each column

constexpr std::size_t metricWidth = 22;  // "Earth mover's distance"
constexpr std::size_t arrowWidth = 2;
constexpr std::size_t itemsWidth = 8;
constexpr std::size_t narrowestColumn = 9;  // "uniform", "nearest" and "0.123*" with gaps

const MetricMean& meanOf(const TableColumn& column, std::size_t metric) {
  return column.evaluation->metrics.means[metric];
}

// Each column as wide as its title; while that is too much in all, the widest gives way.
Widths columnWidths(const Columns& columns, const TerminalStyle& style) {
  Widths widths;
  for (const TableColumn& column : columns) {
    widths.push_back(std::max(displayWidth(onOneLine(column.title)) + 3, narrowestColumn));
  }
  const std::size_t fixed = metricWidth + arrowWidth + itemsWidth;
  while (std::accumulate(widths.begin(), widths.end(), fixed) > usableWidth(style)) {
    std::size_t& widest = *std::ranges::max_element(widths);
    if (widest == narrowestColumn) break;
    --widest;
  }
  return widths;
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

// The best figure of a row as printed; nothing where fewer than two columns can be compared, or all
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

// The figure, then a mark: for one over other items, for one that chance may part from the first
// column's, or for the best.
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

std::string metricRow(const Columns& columns, std::size_t metric, const Widths& widths,
                      const TerminalStyle& style) {
  const ItemMetric& described = itemMetrics()[metric];
  const std::string_view arrow =
      described.better == Better::higher ? sign("↑", "^", style) : sign("↓", "v", style);
  std::string row = padRight(described.title, metricWidth) + " " + std::string(arrow);
  const auto best = bestOf(columns, metric);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    row += cell(columns, c, metric, best, widths[c], style);
  }
  const std::string items = grouped(meanOf(columns.front(), metric).items);
  return row + inked(padLeft(items, itemsWidth), Ink::faint, style) + "\n";
}

// The first column's interval on a line of its own, as tables of regressions have it.
std::string intervalRow(const Columns& columns, std::size_t metric, const Widths& widths,
                        const TerminalStyle& style) {
  const Intervals& intervals = columns.front().intervals;
  if (metric >= intervals.size() || !intervals[metric]) return {};
  const std::string text = fmt::format("({:.3f}{}{:.3f})", intervals[metric]->low,
                                       sign("–", "-", style), intervals[metric]->high);
  return inked(padLeft(text, metricWidth + arrowWidth + widths.front()), Ink::faint, style) + "\n";
}

// Titles over as many lines as they need, their ends above the figures' ends: the last place of a
// column belongs to the marks.
std::string header(const Columns& columns, const Widths& widths, const TerminalStyle& style) {
  std::vector<std::vector<std::string>> titles;
  std::size_t height = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    titles.push_back(wrapped(columns[c].title, widths[c] - 2));
    height = std::max(height, titles.back().size());
  }
  std::string result;
  for (std::size_t line = 0; line < height; ++line) {
    std::string row(metricWidth + arrowWidth, ' ');
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::size_t blank = height - titles[c].size();
      row += padLeft(line < blank ? "" : titles[c][line - blank] + " ", widths[c]);
    }
    if (line + 1 == height) row += padLeft("items", itemsWidth);
    row.erase(row.find_last_not_of(' ') + 1);
    result += inked(row, Ink::strong, style) + "\n";
  }
  return result;
}

std::string rule(std::size_t width, const TerminalStyle& style) {
  std::string line;
  for (std::size_t i = 0; i < width; ++i) line += sign("─", "-", style);
  return inked(line, Ink::faint, style) + "\n";
}

// What a reader must know of one column beside the first.
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
        fmt::format("{}, {}: infinite for {} of {}, where {}.", described.title,
                    itemMetrics()[m].title, grouped(mean.infinite), counted(mean.items, "item"),
                    described.isCeiling ? "a sample can miss an option that some choose"
                                        : "an option that was chosen is predicted 0"),
        style);
  }
  return notes;
}

std::string explanation(const Columns& columns, const TerminalStyle& style) {
  std::string text = fmt::format(
      "{} higher is better, {} lower is better, * best of its row. Means over the "
      "items in the last column.",
      sign("↑", "^", style), sign("↓", "v", style));
  if (!columns.front().intervals.empty()) {
    text += fmt::format(" In brackets: 95 % interval of {}.", columns.front().title);
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
  const Widths widths = columnWidths(columns, style);
  std::string table = header(columns, widths, style);
  table += rule(
      std::accumulate(widths.begin(), widths.end(), metricWidth + arrowWidth + itemsWidth), style);
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    table += metricRow(columns, m, widths, style);
    table += intervalRow(columns, m, widths, style);
  }
  table += '\n' + explanation(columns, style);
  for (std::size_t c = 0; c < columns.size(); ++c) table += notesOn(columns, c, style);
  return table;
}

}  // namespace canvass
