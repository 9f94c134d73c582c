#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/utf8.h"
#include "report/comparison/comparison_report.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

constexpr std::size_t rankWidth = 5;       // " 1 ● "
constexpr std::size_t figureWidth = 6;     // " 0.881"
constexpr std::size_t intervalWidth = 15;  // "    0.868–0.892"
constexpr std::size_t distanceWidth = 27;  // "  -0.007 (-0.015 to +0.001)"
constexpr std::size_t betweenNames = 3;    // " – "
constexpr std::size_t minLabelWidth = 12;  // of a pair of names
constexpr std::size_t columnGap = 2;
constexpr std::size_t maxPairs = 15;  // of six runs
constexpr std::string_view otherTopTitle = "other top option";
constexpr std::string_view variationTitle = "total variation";

std::string plainInterval(const std::optional<Interval>& interval, std::string_view between) {
  return interval ? fmt::format("{:.3f}{}{:.3f}", interval->low, between, interval->high) : "";
}

std::string_view bestMark(const TerminalStyle& style) { return sign("●", "*", style); }

// The pair of the best and another run, as the other's distance from the best.
std::string distanceFromBest(const RunComparison& comparison, std::size_t index) {
  if (index == 0) return "";
  const RunPair& pair = comparison.pairs[index - 1];
  std::string text = fmt::format("{:+.3f}", -pair.difference.mean);
  if (pair.simultaneous) {
    text += fmt::format(" ({:+.3f} to {:+.3f})", -pair.simultaneous->high, -pair.simultaneous->low);
  }
  return text;
}

struct Widths {
  std::size_t names;
  std::size_t letters;
};

Widths widthsOf(const RunComparison& comparison, const std::vector<std::string>& letters,
                const TerminalStyle& style) {
  Widths widths{3, 0};
  for (const std::string& text : letters) widths.letters = std::max(widths.letters, text.size());
  for (const ComparedRun& run : comparison.runs) {
    widths.names = std::max(widths.names, displayWidth(onOneLine(run.name)));
  }
  const std::size_t taken =
      rankWidth + figureWidth + intervalWidth + distanceWidth + 1 + widths.letters;
  const std::size_t room = usableWidth(style) > taken + 12 ? usableWidth(style) - taken : 12;
  widths.names = std::min(widths.names, room);
  return widths;
}

std::string rankingTable(const RunComparison& comparison, const TerminalStyle& style) {
  const std::vector<std::string> letters = lettersOf(comparison);
  const Widths widths = widthsOf(comparison, letters, style);
  const bool several = comparison.runs.size() > 1;
  std::string header = padRight("", rankWidth) + padRight("", widths.names) +
                       padLeft("figure", figureWidth) + padLeft("95% interval", intervalWidth);
  if (several) header += padLeft("from the best", distanceWidth);
  std::string table = inked(header, Ink::strong, style) + "\n";
  for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
    const ComparedRun& run = comparison.runs[i];
    const std::string mark(several && run.maybeBest ? bestMark(style) : " ");
    std::string row =
        padLeft(fmt::format("{}", i + 1), 2) + " " + mark + " " +
        padRight(shortened(run.name, widths.names, style), widths.names) +
        padLeft(fmt::format("{:.3f}", run.figure.mean), figureWidth) +
        padLeft(plainInterval(run.figure.interval, sign("–", "-", style)), intervalWidth);
    if (several) row += padLeft(distanceFromBest(comparison, i), distanceWidth) + " " + letters[i];
    table += inked(row, several && run.maybeBest ? Ink::good : Ink::plain, style) + "\n";
  }
  return table;
}

std::string title(const RunComparison& comparison, const TerminalStyle& style) {
  const ItemMetric& metric = itemMetrics()[comparison.metric];
  std::string text = fmt::format("{}, {} is better, over {}", metric.title,
                                 metric.better == Better::higher ? "higher" : "lower",
                                 counted(comparison.scored, "item"));
  if (comparison.runs.size() > 1) {
    text += comparison.runs.size() == 2 ? " that both have" : " that all of them have";
  }
  if (comparison.scored != comparison.items) {
    text += fmt::format(" ({} more have no such figure)",
                        grouped(comparison.items - comparison.scored));
  }
  std::string lines;
  for (const std::string& line : wrapped(text, usableWidth(style))) {
    lines += inked(line, Ink::strong, style) + "\n";
  }
  return lines + "\n";
}

std::string meaningOfMarks(const RunComparison& comparison, const TerminalStyle& style) {
  if (comparison.runs.size() < 2) return "";
  if (!comparison.pairs.front().adjustedP) {
    return "\n" + paragraph(
                      "There are too few questions and populations to resample, so no two runs can "
                      "be distinguished.",
                      style);
  }
  std::string text = fmt::format(
      "{} the best, or within noise of it: with 95% confidence the best of these is among those so "
      "marked. Runs that share a letter are not distinguishable",
      bestMark(style));
  text += comparison.runs.size() == 2
              ? ". In parentheses: the 95% interval."
              : fmt::format(
                    "; with all {} pairs compared, the chance that any two equal ones are reported "
                    "as different is 5%. In parentheses: intervals that hold for all pairs at once "
                    "with 95% confidence; the letters, found step by step, detect slightly more.",
                    comparison.pairs.size());
  return "\n" + paragraph(text, style);
}

std::string priceOfChoosing(const RunComparison& comparison, const TerminalStyle& style) {
  if (comparison.runs.size() < 2 || !comparison.optimism) return "";
  const double optimism = *comparison.optimism;
  const std::string amount =
      optimism < 0.0005 ? "less than 0.0005" : fmt::format("about {:.3f}", optimism);
  return "\n" +
         paragraph(fmt::format(
                       "{} The best of {} was chosen on these items, and therefore looks {} better "
                       "than it is. Confirm it on a survey that was not used for the choice.",
                       sign("⚠", "!", style), comparison.runs.size(), amount),
                   style);
}

// Names are shortened only if both do not fit: the longer one gives way first.
std::string pairLabel(const RunComparison& comparison, const RunPair& pair, std::size_t width,
                      const TerminalStyle& style) {
  const std::string first = onOneLine(comparison.runs[pair.first].name);
  const std::string second = onOneLine(comparison.runs[pair.second].name);
  const std::size_t room = width - std::min(width, betweenNames);
  const std::size_t half = room / 2;
  const std::size_t forFirst = room - std::min(displayWidth(second), half);
  const std::size_t forSecond = room - std::min(displayWidth(first), room - half);
  return shortened(first, forFirst, style) + std::string(sign(" – ", " - ", style)) +
         shortened(second, forSecond, style);
}

std::size_t fullLabelWidth(const RunComparison& comparison, const RunPair& pair) {
  return displayWidth(onOneLine(comparison.runs[pair.first].name)) + betweenNames +
         displayWidth(onOneLine(comparison.runs[pair.second].name));
}

std::string shareText(const MeanEstimate& share) {
  std::string text = fmt::format("{:.1f}%", 100.0 * share.mean);
  if (share.interval) {
    text += fmt::format(" ({:.1f} to {:.1f})", 100.0 * share.interval->low,
                        100.0 * share.interval->high);
  }
  return text;
}

std::string meanText(const MeanEstimate& mean) {
  std::string text = fmt::format("{:.3f}", mean.mean);
  return mean.interval ? text + " (" + plainInterval(mean.interval, " to ") + ")" : text;
}

// Of the given runs: baselines are there to be beaten, not to be agreed with.
std::vector<const RunPair*> givenPairs(const RunComparison& comparison) {
  std::vector<const RunPair*> pairs;
  for (const RunPair& pair : comparison.pairs) {
    const bool given =
        !comparison.runs[pair.first].isBaseline && !comparison.runs[pair.second].isBaseline;
    if (given) pairs.push_back(&pair);
  }
  return pairs;
}

// Widths of the columns of the table of disagreements.
struct PairWidths {
  std::size_t labels, shares, means;
};

PairWidths widthsOf(const RunComparison& comparison, const std::vector<const RunPair*>& pairs,
                    const TerminalStyle& style) {
  PairWidths widths{0, displayWidth(otherTopTitle) + columnGap,
                    displayWidth(variationTitle) + columnGap};
  for (const RunPair* pair : pairs) {
    widths.labels = std::max(widths.labels, fullLabelWidth(comparison, *pair));
    widths.shares = std::max(widths.shares, displayWidth(shareText(pair->otherTop)) + columnGap);
    widths.means = std::max(widths.means, displayWidth(meanText(pair->totalVariation)) + columnGap);
  }
  const std::size_t taken = widths.shares + widths.means;
  const std::size_t room =
      usableWidth(style) > taken + minLabelWidth ? usableWidth(style) - taken : minLabelWidth;
  widths.labels = std::min(widths.labels, room);
  return widths;
}

std::string disagreements(const RunComparison& comparison, const TerminalStyle& style) {
  std::vector<const RunPair*> pairs = givenPairs(comparison);
  if (pairs.empty()) return "";
  std::ranges::stable_sort(pairs, std::greater<>(),
                           [](const RunPair* pair) { return pair->otherTop.mean; });
  const std::size_t hidden = pairs.size() - std::min(pairs.size(), maxPairs);
  pairs.resize(pairs.size() - hidden);
  const PairWidths widths = widthsOf(comparison, pairs, style);
  std::string text = "\n" +
                     inked(fmt::format("How far runs disagree with each other, over {}",
                                       counted(comparison.items, "item")),
                           Ink::strong, style) +
                     "\n\n" +
                     inked(padRight("", widths.labels) + padLeft(otherTopTitle, widths.shares) +
                               padLeft(variationTitle, widths.means),
                           Ink::strong, style) +
                     "\n";
  for (const RunPair* pair : pairs) {
    text += padRight(pairLabel(comparison, *pair, widths.labels, style), widths.labels) +
            padLeft(shareText(pair->otherTop), widths.shares) +
            padLeft(meanText(pair->totalVariation), widths.means) + "\n";
  }
  if (hidden > 0) {
    text += fmt::format("and {} that agree more: see --json\n", counted(hidden, "pair"));
  }
  return text;
}

std::string headers(const RunComparison& comparison, const TerminalStyle& style) {
  std::string text;
  for (const auto& [key, values] : differencesInHeaders(comparison)) {
    std::vector<std::string> parts;
    for (const auto& [value, names] : values) {
      parts.push_back(fmt::format("{} ({})", value, fmt::join(names, ", ")));
    }
    text += paragraph(fmt::format("{}: {}", key, fmt::join(parts, "; ")), style, 2);
  }
  return text.empty() ? text
                      : "\n" + inked("Their files differ in", Ink::strong, style) + "\n" + text;
}

// What a run leaves out; reported once for all runs with the same text.
std::string leftOut(const RunComparison& comparison, const TerminalStyle& style) {
  std::vector<std::pair<std::string, std::vector<std::string>>> all;
  for (const ComparedRun& run : comparison.runs) {
    if (run.skipped.empty()) continue;
    std::string summary = skippedSummary(run.skipped, 3, style);
    if (run.lacking > 0) {
      summary += fmt::format("  {} that another run has: left out for all runs\n",
                             counted(run.lacking, "item"));
    }
    const auto same = std::ranges::find(all, summary, [](const auto& one) { return one.first; });
    if (same == all.end()) {
      all.emplace_back(summary, std::vector{run.name});
    } else {
      same->second.push_back(run.name);
    }
  }
  std::string text;
  for (const auto& [summary, names] : all) {
    text += "\n" + paragraph(fmt::format("{}", fmt::join(names, ", ")), style) + summary;
  }
  for (const AbsentRun& one : comparison.absent) {
    text +=
        "\n" + paragraph(fmt::format("Not compared: {}, as it {}.", one.name, one.reason), style);
  }
  return text;
}

}  // namespace

std::string comparisonText(const RunComparison& comparison, const TerminalStyle& style) {
  return title(comparison, style) + rankingTable(comparison, style) +
         meaningOfMarks(comparison, style) + priceOfChoosing(comparison, style) +
         disagreements(comparison, style) + headers(comparison, style) + leftOut(comparison, style);
}

}  // namespace canvass
