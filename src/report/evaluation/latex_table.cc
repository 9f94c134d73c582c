#include "report/evaluation/latex_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "baselines/registry.h"
#include "stats/item_metrics.h"
#include "text/markup_text.h"

namespace canvass {
namespace {

struct Column {
  std::string title;
  const Json* values;    // "metrics", "denominators", "intervals"
  bool competes = true;  // for the best of a row
};

// Version 0.1 wrote no titles.
std::string titleOfBaseline(const std::string& id, const Json& values) {
  const auto title = values.find("title");
  if (title != values.end() && title->is_string()) return title->get<std::string>();
  const auto known = std::ranges::find(baselines(), id, &Baseline::id);
  return known == baselines().end() ? id : std::string(known->title);
}

std::vector<Column> columnsFor(const std::vector<NamedEvaluation>& runs) {
  std::vector<Column> columns;
  for (const NamedEvaluation& run : runs) columns.push_back({run.name, run.evaluation});
  const Json& first = *runs.front().evaluation;
  for (const auto& [id, values] : first["baselines"].items()) {
    columns.push_back({titleOfBaseline(id, values), &values});
  }
  if (first.contains("ceiling")) columns.push_back({"noise ceiling", &first["ceiling"], false});
  return columns;
}

std::optional<double> numberAt(const Json& object, const char* group, const std::string& name) {
  const auto found = object.find(group);
  if (found == object.end() || !found->contains(name) || !(*found)[name].is_number()) {
    return std::nullopt;
  }
  return (*found)[name].get<double>();
}

// The columns with the best value of a row, as it is printed.
std::vector<bool> bestOf(const std::vector<Column>& columns, const ItemMetric& metric) {
  const std::string name(metric.name);
  const auto items = numberAt(*columns.front().values, "denominators", name);
  std::vector<std::optional<double>> values;
  std::optional<double> best;
  for (const Column& column : columns) {
    const bool comparable =
        column.competes && numberAt(*column.values, "denominators", name) == items;
    auto value = comparable ? numberAt(*column.values, "metrics", name) : std::nullopt;
    if (value) value = std::stod(fmt::format("{:.3f}", *value));
    values.push_back(value);
    if (!value) continue;
    const bool better =
        !best || (metric.better == Better::higher ? *value > *best : *value < *best);
    if (better) best = value;
  }
  std::vector<bool> isBest;
  for (const auto& value : values) isBest.push_back(value && value == best);
  return isBest;
}

std::string valueText(const std::optional<double>& value, bool bold) {
  if (!value) return "--";
  const std::string text = fmt::format("{:.3f}", *value);
  return bold ? "\\textbf{" + text + "}" : text;
}

std::string intervalText(const Json& values, const std::string& name) {
  const auto found = values.find("intervals");
  if (found == values.end() || !found->contains(name) || !(*found)[name].is_object()) return "";
  const auto& interval = (*found)[name];
  return fmt::format("{{\\footnotesize [{:.3f}, {:.3f}]}}", interval["low"].get<double>(),
                     interval["high"].get<double>());
}

std::string rowOf(const std::vector<Column>& columns, const ItemMetric& metric) {
  const std::string name(metric.name);
  const std::vector<bool> best = bestOf(columns, metric);
  std::string row = latexText(metric.title) +
                    (metric.better == Better::higher ? " $\\uparrow$" : " $\\downarrow$");
  std::string intervals;
  bool any = false;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    row += " & " + valueText(numberAt(*columns[c].values, "metrics", name), best[c]);
    const std::string interval = intervalText(*columns[c].values, name);
    intervals += " & " + interval;
    any = any || !interval.empty();
  }
  row += " \\\\\n";
  if (any) row += intervals + " \\\\\n";
  return row;
}

}  // namespace

std::string latexTable(const std::vector<NamedEvaluation>& runs, const std::string& caption) {
  const std::vector<Column> columns = columnsFor(runs);
  std::string table = "% needs \\usepackage{booktabs}\n\\begin{table}\n  \\centering\n";
  table += "  \\caption{" + latexText(caption) + "}\n";
  table += "  \\begin{tabular}{l" + std::string(columns.size(), 'r') + "}\n\\toprule\n";
  for (const Column& column : columns) table += " & " + latexText(column.title);
  table += " \\\\\n\\midrule\n";
  for (const ItemMetric& metric : itemMetrics()) table += rowOf(columns, metric);
  table += "\\bottomrule\n  \\end{tabular}\n\\end{table}\n";
  return table;
}

}  // namespace canvass
