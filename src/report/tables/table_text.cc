#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/list_text.h"
#include "report/tables/table_report.h"
#include "report/terminal/plain_table.h"

namespace canvass {
namespace {

using Cells = std::vector<std::string>;

constexpr double significant = 0.05;
constexpr std::size_t differencesToShow = 20;
constexpr const char* korn = "*";  // marks Korn-Graubard intervals

std::string points(double share) { return fmt::format("{:.1f}", 100.0 * share); }

std::string orDash(const std::optional<double>& number, int decimals) {
  return number ? fmt::format("{:.{}f}", *number, decimals) : "-";
}

std::string intervalText(const Interval& interval, double unit, int decimals) {
  return fmt::format("{:.{}f} to {:.{}f}", unit * interval.low, decimals, unit * interval.high,
                     decimals);
}

std::string groupsTable(const QuestionTable& table, const TerminalStyle& style) {
  std::vector<Cells> rows{{"", "n", "n_eff", "design effect", "df", ""}};
  for (const TableGroup& group : table.groups) {
    rows.push_back({group.name, group.respondents ? shortNumber(*group.respondents) : "-",
                    orDash(group.effectiveSampleSize, 1), orDash(group.designEffect(), 2),
                    orDash(group.degrees, 0), ""});
  }
  return plainTable(rows, style);
}

Cells shareRow(const Option& option, const TableShare& share) {
  const bool isKorn = share.interval && share.interval->method == ShareIntervalMethod::kornGraubard;
  return {"- " + option.text,
          points(share.share) + "%",
          share.standardError ? fmt::format("{:.2f}", 100.0 * *share.standardError) : "-",
          share.interval ? intervalText(share.interval->interval, 100.0, 1) : "-",
          orDash(share.designEffect, 2),
          isKorn ? korn : ""};
}

std::string sharesTable(const QuestionTable& table, const TerminalStyle& style) {
  std::vector<Cells> rows{{"", "share", "se", "95% interval", "deff", ""}};
  for (const TableGroup& group : table.groups) {
    rows.push_back({group.name, "", "", "", "", ""});
    for (std::size_t k = 0; k < group.shares.size(); ++k) {
      rows.push_back(shareRow(table.question.options[k], group.shares[k]));
    }
    if (!group.mean) continue;
    const TableMean& mean = *group.mean;
    rows.push_back({"- mean", fmt::format("{:.3f} ", mean.mean), orDash(mean.standardError, 3),
                    mean.interval ? intervalText(*mean.interval, 1.0, 3) : "-", "", ""});
  }
  return plainTable(rows, style);
}

bool anyGroup(const QuestionTable& table, bool (*holds)(const TableGroup&)) {
  return std::ranges::any_of(table.groups, holds);
}

bool hasKorn(const TableGroup& group) {
  return std::ranges::any_of(group.shares, [](const TableShare& share) {
    return share.interval && share.interval->method == ShareIntervalMethod::kornGraubard;
  });
}

std::string notes(const QuestionTable& table, const TerminalStyle& style) {
  std::string text;
  if (anyGroup(table, hasKorn)) {
    text += paragraph(std::string(korn) +
                          " Korn-Graubard: fewer than 10 effective respondents chose the option, "
                          "or did not. The other intervals are logit.",
                      style);
  }
  if (anyGroup(table, [](const TableGroup& group) { return group.isApproximate; })) {
    text += paragraph(
        "Standard errors are approximate where the survey holds only n_eff: "
        "sqrt(p (1 - p) / n_eff).",
        style);
  }
  return text;
}

std::string figureName(const QuestionTable& table, const TableDifference& one) {
  return one.option ? table.question.options[*one.option].text : "mean";
}

Cells differenceRow(const QuestionTable& table, const TableDifference& one) {
  const double unit = one.option ? 100.0 : 1.0;
  const int decimals = one.option ? 1 : 3;
  return {fmt::format("{} - {}: {}", table.groups[one.first].name, table.groups[one.second].name,
                      figureName(table, one)),
          fmt::format("{:+.{}f}", unit * one.difference, decimals),
          intervalText(one.interval, unit, decimals), probabilityText(one.adjusted), ""};
}

std::string differencesText(const QuestionTable& table, const TerminalStyle& style) {
  if (table.differences.empty()) return {};
  std::vector<const TableDifference*> shown;
  for (const TableDifference& one : table.differences) {
    if (one.adjusted < significant) shown.push_back(&one);
  }
  std::ranges::stable_sort(shown, {}, [](const auto* one) { return one->adjusted; });
  std::string text = paragraph(
      fmt::format("{} of {} significant at 5% ({})", grouped(shown.size()),
                  counted(table.differences.size(), "difference"), titleOf(table.adjustment)),
      style);
  if (shown.empty()) return text;
  std::vector<Cells> rows{{"", "difference", "95% interval", "adjusted", ""}};
  const std::size_t count = std::min(shown.size(), differencesToShow);
  for (std::size_t i = 0; i < count; ++i) rows.push_back(differenceRow(table, *shown[i]));
  text += plainTable(rows, style);
  const std::string more = andMore(shown.size(), count);
  return more.empty() ? text : text + more + "\n";
}

}  // namespace

std::string probabilityText(double probability) {
  return probability < 1e-4 ? "p < 0.0001" : fmt::format("p = {:.2g}", probability);
}

std::string testText(const IndependenceTest& test) {
  const bool isSecond = test.order == IndependenceTest::Order::second;
  const std::string statistic =
      isSecond ? fmt::format("F({:.4g}, {:.4g}) = {:.4g}", test.numeratorDegrees,
                             test.denominatorDegrees, test.statistic)
               : fmt::format("chi2({:g}) = {:.4g}", test.numeratorDegrees,
                             test.statistic * test.numeratorDegrees);
  return fmt::format("Rao-Scott, {}: {}, {}", isSecond ? "second-order" : "first-order", statistic,
                     probabilityText(test.probability));
}

std::string questionTableText(const QuestionTable& table, const TerminalStyle& style) {
  std::string text =
      paragraph(fmt::format("{}: {}", table.question.id, table.question.text), style) + "\n";
  text += groupsTable(table, style) + "\n" + sharesTable(table, style);
  const std::string remarks = notes(table, style);
  if (!remarks.empty()) text += "\n" + remarks;
  if (table.groups.size() < 2) return text;
  text += "\n";
  if (table.test) text += paragraph(testText(*table.test), style);
  text += differencesText(table, style);
  if (!table.hasCovariances) {
    text += paragraph(
        "Groups count as independent samples: a survey file does not hold their covariances. For "
        "those, give the respondents' file and --mapping.",
        style);
  }
  return text;
}

}  // namespace canvass
