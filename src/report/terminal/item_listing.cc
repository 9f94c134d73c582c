#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

// The items that have the metric, best first.
std::vector<const ItemScores*> rankedItems(const Evaluation& evaluation, std::size_t metric) {
  std::vector<const ItemScores*> items;
  for (const ItemScores& item : evaluation.items) {
    if (item.scores[metric]) items.push_back(&item);
  }
  const bool higher = itemMetrics()[metric].better == Better::higher;
  std::ranges::stable_sort(items, [&](const ItemScores* a, const ItemScores* b) {
    const double first = *a->scores[metric];
    const double second = *b->scores[metric];
    return higher ? first > second : first < second;
  });
  return items;
}

constexpr std::size_t scoreWidth = 7;
constexpr std::size_t longestName = 24;

std::size_t nameWidth(const Survey& survey, const std::vector<const ItemScores*>& items) {
  std::size_t width = 0;
  for (const ItemScores* item : items) {
    const std::string& name = survey.populationOf(survey.items[item->item]).name;
    width = std::max(width, displayWidth(onOneLine(name)));
  }
  return std::min(width, longestName);
}

// "  0.912  Japan  How important is ..."
std::string itemLine(const Survey& survey, const ItemScores& scores, std::size_t metric,
                     std::size_t names, const TerminalStyle& style) {
  const Item& item = survey.items[scores.item];
  const Question& question = survey.questionOf(item);
  const std::string name = shortened(survey.populationOf(item).name, names, style);
  const std::string words = question.text.empty() ? "question " + question.id : question.text;
  const std::size_t used = scoreWidth + 2 + names + 2;
  return padLeft(fmt::format("{:.3f}", *scores.scores[metric]), scoreWidth) + "  " +
         padRight(name, names) + "  " + shortened(words, usableWidth(style) - used, style) + "\n";
}

std::string listing(const Survey& survey, const std::vector<const ItemScores*>& items,
                    std::size_t metric, const TerminalStyle& style) {
  const std::size_t names = nameWidth(survey, items);
  std::string result;
  for (const ItemScores* item : items) result += itemLine(survey, *item, metric, names, style);
  return result;
}

}  // namespace

std::string bestAndWorstItems(const Survey& survey, const Evaluation& evaluation, std::size_t count,
                              const TerminalStyle& style, std::string_view metric) {
  const std::size_t index = metricIndex(metric);
  const auto items = rankedItems(evaluation, index);
  const auto shown = static_cast<std::ptrdiff_t>(std::min(count, items.size()));
  const std::string of =
      fmt::format(" of {} by {}", counted(items.size(), "item"), itemMetrics()[index].title);
  return inked(fmt::format("Best {}", shown), Ink::strong, style) + of + "\n" +
         listing(survey, {items.begin(), items.begin() + shown}, index, style) + "\n" +
         inked(fmt::format("Worst {}", shown), Ink::strong, style) + of + "\n" +
         listing(survey, {items.rbegin(), items.rbegin() + shown}, index, style);
}

std::string skippedSummary(const std::vector<Skipped>& skipped, std::size_t examples,
                           const TerminalStyle& style) {
  if (skipped.empty()) return {};
  std::map<std::string, std::vector<const Skipped*>> byReason;
  for (const Skipped& one : skipped) byReason[one.reason].push_back(&one);
  std::string result =
      inked(fmt::format("{} skipped", grouped(skipped.size())), Ink::warning, style) +
      ", in no figure\n";
  for (const auto& [reason, all] : byReason) {
    const std::string line =
        fmt::format("  {} {} {}", grouped(all.size()), sign("×", "x", style), reason);
    result += wrappedLines(line, usableWidth(style), 4) + "\n";
    for (std::size_t i = 0; i < std::min(examples, all.size()); ++i) {
      const std::string location = all[i]->question + ", " + all[i]->population;
      result += "      " + shortened(location, usableWidth(style) - 6, style) + "\n";
    }
    const std::string more = andMore(all.size(), examples);
    if (!more.empty()) result += "      " + more + "\n";
  }
  return result;
}

std::string leftOutText(const std::vector<Skipped>& skipped, const char* what,
                        const TerminalStyle& style) {
  if (skipped.empty()) return {};
  const Skipped& first = skipped.front();
  return paragraph(
      fmt::format("{} left out, such as question {} and population {} ({})",
                  counted(skipped.size(), what), first.question, first.population, first.reason),
      style);
}

}  // namespace canvass
