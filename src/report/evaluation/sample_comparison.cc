#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>
#include <vector>

#include "report/terminal/terminal.h"

namespace canvass {
namespace {

// "n_eff", or "n_eff of 480, n of 20" if they come from several sources.
std::string sourcesText(const SampleSizeSources& sources) {
  const std::pair<const char*, std::size_t> counts[] = {
      {"n_eff", sources.effective}, {"n", sources.respondents}, {"assumed", sources.assumed}};
  const std::size_t all = sources.effective + sources.respondents + sources.assumed;
  std::vector<std::string> parts;
  for (const auto& [source, items] : counts) {
    if (items == all) return source;
    if (items > 0) parts.push_back(fmt::format("{} of {}", source, grouped(items)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

// " (95%: 40.1% to 52.3%)", or nothing.
std::string achievedRange(const Uncertainty* uncertainty, std::size_t metric) {
  if (uncertainty == nullptr || metric >= uncertainty->achieved.size()) return {};
  const auto& interval = uncertainty->achieved[metric];
  if (!interval) return {};
  return fmt::format(" (95%: {} to {})", percent(interval->low), percent(interval->high));
}

std::string achievedText(const NoiseCeiling& ceiling, const Uncertainty* uncertainty,
                         std::size_t metric) {
  const std::string items =
      fmt::format("({}; sample sizes: {})", counted(ceiling.ceiling.metrics.items, "item"),
                  sourcesText(ceiling.sources));
  const auto& achieved = ceiling.achieved[metric];
  if (!achieved) return "the noise ceiling is no better than uniform or not finite " + items;
  return fmt::format("{}{} of the way from uniform to the noise ceiling {}", percent(*achieved),
                     achievedRange(uncertainty, metric), items);
}

// One end of an interval of sizes: "14", "under 1", "over 1,000,000".
std::string endText(const EquivalentSampleSize& size) {
  if (size.kind == EquivalentSampleSize::Kind::fewer) return "under 1";
  const std::string text = shortNumber(size.respondents);
  return size.kind == EquivalentSampleSize::Kind::more ? "over " + text : text;
}

std::string equivalentRange(const Uncertainty* uncertainty, std::size_t metric) {
  if (uncertainty == nullptr || metric >= uncertainty->equivalents.size()) return {};
  const auto& interval = uncertainty->equivalents[metric];
  using Kind = EquivalentSampleSize::Kind;
  if (!interval || interval->low.kind == Kind::undefined || interval->high.kind == Kind::undefined)
    return {};
  return fmt::format(" (95%: {} to {})", endText(interval->low), endText(interval->high));
}

std::string equivalentText(const EquivalentSampleSize& size, const std::string& range) {
  switch (size.kind) {
    case EquivalentSampleSize::Kind::found:
      return fmt::format("as good as simple random samples of {} respondents{}",
                         shortNumber(size.respondents), range);
    case EquivalentSampleSize::Kind::fewer:
      return "not as good as asking a single respondent";
    case EquivalentSampleSize::Kind::more:
      return fmt::format(
          "better than simple random samples of {} respondents, the largest size tried",
          shortNumber(size.respondents));
    case EquivalentSampleSize::Kind::undefined:
      break;
  }
  return fmt::format("no equivalent sample size ({})", size.reason);
}

}  // namespace

std::string sampleComparison(const std::string& title, const ComparedEvaluation& compared,
                             std::string_view metricName, const TerminalStyle& style,
                             const Uncertainty* uncertainty) {
  const std::size_t metric = metricIndex(metricName);
  std::vector<std::string> parts;
  if (metric < compared.equivalents.size() && compared.equivalents[metric]) {
    parts.push_back(
        equivalentText(*compared.equivalents[metric], equivalentRange(uncertainty, metric)));
  }
  if (compared.ceiling) parts.push_back(achievedText(*compared.ceiling, uncertainty, metric));
  if (parts.empty()) return {};
  return paragraph(
      fmt::format("{}, {}: {}.", title, itemMetrics()[metric].title, fmt::join(parts, "; ")),
      style);
}

}  // namespace canvass
