#include "report/tables/table_rows.h"

#include <fmt/format.h>

namespace canvass {
namespace {

using Row = std::vector<std::string>;

std::string full(const std::optional<double>& number) {
  return number ? fmt::format("{}", *number) : std::string();
}

std::string rounded(const std::optional<double>& number, double unit, int decimals) {
  return number ? fmt::format("{:.{}f}", unit * *number, decimals) : std::string();
}

struct Ends {
  std::optional<double> low;
  std::optional<double> high;
  std::string method;
};

Ends endsOf(const TableShare& share) {
  if (!share.interval) return {};
  return {share.interval->interval.low, share.interval->interval.high,
          nameOf(share.interval->method)};
}

Ends endsOf(const TableMean& mean) {
  if (!mean.interval) return {};
  return {mean.interval->low, mean.interval->high, "t"};
}

std::string between(const Ends& ends, double unit, int decimals) {
  if (!ends.low) return {};
  return rounded(ends.low, unit, decimals) + " to " + rounded(ends.high, unit, decimals);
}

Row ofGroup(const TableGroup& group) {
  return {full(group.respondents), full(group.effectiveSampleSize), full(group.degrees)};
}

Row completeRow(const QuestionTable& table, const TableGroup& group, const Option* option,
                double value, const std::optional<double>& error, const Ends& ends,
                const std::optional<double>& designEffect) {
  Row row{table.question.id,
          group.name,
          option == nullptr ? "mean" : "share",
          option == nullptr ? "" : option->label,
          option == nullptr ? "" : option->text,
          full(value),
          full(error),
          error ? (group.isApproximate ? "n_eff" : "design") : "",
          full(ends.low),
          full(ends.high),
          ends.method,
          full(designEffect)};
  const Row sizes = ofGroup(group);
  row.insert(row.end(), sizes.begin(), sizes.end());
  return row;
}

}  // namespace

TableRows readableRows(const QuestionTable& table) {
  TableRows result{{"Group", "Answer", "%", "SE", "95% CI", "n", "n_eff", "Design effect"}, {}};
  for (const TableGroup& group : table.groups) {
    const std::string n = rounded(group.respondents, 1.0, 0);
    const std::string effective = rounded(group.effectiveSampleSize, 1.0, 1);
    for (std::size_t k = 0; k < group.shares.size(); ++k) {
      const TableShare& share = group.shares[k];
      result.rows.push_back({group.name, table.question.options[k].text,
                             rounded(share.share, 100.0, 1), rounded(share.standardError, 100.0, 2),
                             between(endsOf(share), 100.0, 1), n, effective,
                             rounded(share.designEffect, 1.0, 2)});
    }
    if (!group.mean) continue;
    result.rows.push_back({group.name, "Mean", rounded(group.mean->mean, 1.0, 3),
                           rounded(group.mean->standardError, 1.0, 3),
                           between(endsOf(*group.mean), 1.0, 3), n, effective, ""});
  }
  return result;
}

TableRows completeRows(const QuestionTable& table) {
  TableRows result{{"question", "group", "figure", "option", "option_text", "value", "se", "se_by",
                    "low", "high", "interval", "design_effect", "n", "n_eff", "df"},
                   {}};
  for (const TableGroup& group : table.groups) {
    for (std::size_t k = 0; k < group.shares.size(); ++k) {
      const TableShare& share = group.shares[k];
      result.rows.push_back(completeRow(table, group, &table.question.options[k], share.share,
                                        share.standardError, endsOf(share), share.designEffect));
    }
    if (!group.mean) continue;
    result.rows.push_back(completeRow(table, group, nullptr, group.mean->mean,
                                      group.mean->standardError, endsOf(*group.mean), {}));
  }
  return result;
}

}  // namespace canvass
