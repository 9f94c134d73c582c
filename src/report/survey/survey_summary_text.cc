#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "evaluation/evaluation.h"
#include "report/survey/survey_summary.h"

namespace canvass {
namespace {

constexpr std::size_t summaryLabelWidth = 13;

// "Items        5,182 of 6,330 ...", with further lines of the text below the first.
std::string entry(std::string_view label, const std::string& text, const TerminalStyle& style) {
  const auto lines = wrapped(text, usableWidth(style) - summaryLabelWidth);
  std::string result;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    result += inked(padRight(i == 0 ? label : "", summaryLabelWidth), Ink::strong, style) +
              lines[i] + "\n";
  }
  return result;
}

std::string heading(std::string_view text, const TerminalStyle& style) {
  return '\n' + inked(text, Ink::strong, style) + "\n";
}

// "1,234", "12.5".
std::string sizeNumber(double size) {
  return size < 1000.0 ? fmt::format("{:.4g}", size)
                       : grouped(static_cast<std::size_t>(std::round(size)));
}

std::string spreadText(const Spread& spread) {
  if (spread.least == spread.most) return sizeNumber(spread.median) + " each";
  return fmt::format("median {}, from {} to {}", sizeNumber(spread.median),
                     sizeNumber(spread.least), sizeNumber(spread.most));
}

std::string sizeText(const Spread& spread, std::size_t items) {
  if (spread.known == 0) return "unknown";
  const std::string text = spreadText(spread);
  if (spread.known == items) return text;
  return fmt::format("{}; known for {} of {}", text, grouped(spread.known), counted(items, "item"));
}

std::string questionText(const SurveySummary& summary) {
  std::vector<std::string> scales;
  for (const auto& [name, count] : summary.scales) {
    scales.push_back(fmt::format("{} {}", grouped(count), name));
  }
  if (scales.empty()) return "0";
  return fmt::format("{}: {}", grouped(summary.questions), fmt::join(scales, ", "));
}

std::string itemText(const SurveySummary& summary) {
  std::string text = fmt::format("{}, {} of all pairs of question and population",
                                 grouped(summary.items), percent(summary.coverage));
  if (summary.observed < summary.items) {
    text += fmt::format("; {} with an observed distribution", grouped(summary.observed));
  }
  return text;
}

std::string populationText(const SurveySummary& summary) {
  std::string text = grouped(summary.populations);
  if (summary.populations > 0) text += "; items: " + spreadText(summary.itemsPerPopulation);
  return text;
}

struct HistogramRow {
  std::string label;
  std::size_t count;
};

// Labels, counts and a bar for each.
std::string histogram(const std::vector<HistogramRow>& rows, const TerminalStyle& style) {
  constexpr std::size_t countWidth = 7;
  std::size_t widest = 0;
  std::size_t most = 1;
  for (const HistogramRow& row : rows) {
    widest = std::max(widest, displayWidth(onOneLine(row.label)));
    most = std::max(most, row.count);
  }
  widest = std::min(widest, usableWidth(style) / 2);
  const std::size_t cells = std::min<std::size_t>(usableWidth(style) - widest - countWidth - 4, 40);
  std::string result;
  for (const HistogramRow& row : rows) {
    const double share = static_cast<double>(row.count) / static_cast<double>(most);
    result += "  " + padRight(shortened(row.label, widest, style), widest) +
              padLeft(grouped(row.count), countWidth) + "  " +
              inked(solidBar(share, cells, style), Ink::observed, style) + "\n";
  }
  return result;
}

std::string optionHistogram(const SurveySummary& summary, const TerminalStyle& style) {
  std::vector<HistogramRow> rows;
  for (const auto& [options, questions] : summary.optionCounts) {
    rows.push_back({fmt::format("{} options", options), questions});
  }
  return heading("Questions by number of options", style) + histogram(rows, style);
}

std::string topicHistogram(const SurveySummary& summary, const TerminalStyle& style) {
  std::vector<HistogramRow> rows;
  for (const auto& [topic, questions] : summary.topics) {
    rows.push_back({topic.empty() ? noTopic : topic, questions});
  }
  return heading("Questions by topic", style) + histogram(rows, style);
}

std::string findingText(const Finding& finding, const TerminalStyle& style, std::size_t examples) {
  const std::string count = padLeft(grouped(finding.cases.size()), 7);
  std::string result;
  const auto lines = wrapped(phraseFor(finding.cases.size(), finding.text), usableWidth(style) - 9);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    result +=
        (i == 0 ? inked(count, Ink::warning, style) : std::string(7, ' ')) + "  " + lines[i] + "\n";
  }
  const std::size_t shown = std::min(examples, finding.cases.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string example = shortened(finding.cases[i], usableWidth(style) - 11, style);
    result += std::string(11, ' ') + inked(example, Ink::faint, style) + "\n";
  }
  const std::string more = andMore(finding.cases.size(), shown);
  if (!more.empty()) result += std::string(11, ' ') + inked(more, Ink::faint, style) + "\n";
  return result;
}

std::string findingsText(const SurveySummary& summary, const TerminalStyle& style,
                         std::size_t examples) {
  if (summary.findings.empty()) return "\nNothing looks wrong.\n";
  std::string result = heading("What looks wrong", style);
  for (const Finding& finding : summary.findings) result += findingText(finding, style, examples);
  return result;
}

Json spreadJson(const Spread& spread) {
  Json result{{"known", spread.known}};
  if (spread.known == 0) return result;
  result.update(Json{{"least", spread.least}, {"median", spread.median}, {"most", spread.most}});
  return result;
}

Json findingsJson(const SurveySummary& summary, std::size_t examples) {
  Json result = Json::array();
  for (const Finding& finding : summary.findings) {
    Json shown = Json::array();
    for (std::size_t i = 0; i < std::min(examples, finding.cases.size()); ++i) {
      shown.push_back(finding.cases[i]);
    }
    result.push_back({{"name", finding.name},
                      {"text", finding.text},
                      {"count", finding.cases.size()},
                      {"examples", std::move(shown)}});
  }
  return result;
}

}  // namespace

std::string surveySummaryText(const SurveySummary& summary, const TerminalStyle& style,
                              std::size_t examples) {
  std::string text;
  if (!summary.name.empty()) {
    for (const std::string& line : wrapped(summary.name, usableWidth(style))) {
      text += inked(line, Ink::strong, style) + "\n";
    }
    text += "\n";
  }
  if (!summary.source.empty()) text += entry("Source", summary.source, style);
  text += entry("Language", summary.language, style);
  if (!summary.weighting.empty()) text += entry("Weight", summary.weighting, style);
  text += entry("Questions", questionText(summary), style);
  text += entry("Populations", populationText(summary), style);
  text += entry("Items", itemText(summary), style);
  text += entry("n", sizeText(summary.respondents, summary.items), style);
  text += entry("n, effective", sizeText(summary.effectiveSampleSizes, summary.items), style);
  text += optionHistogram(summary, style) + topicHistogram(summary, style);
  return text + findingsText(summary, style, examples);
}

Json surveySummaryJson(const SurveySummary& summary, std::size_t examples) {
  Json result{{"name", summary.name},           {"source", summary.source},
              {"language", summary.language},   {"weighting", summary.weighting},
              {"questions", summary.questions}, {"populations", summary.populations},
              {"items", summary.items},         {"observed", summary.observed},
              {"coverage", summary.coverage},   {"scales", Json::object()},
              {"options", Json::object()},      {"topics", Json::object()}};
  for (const auto& [scale, count] : summary.scales) result["scales"][scale] = count;
  for (const auto& [options, count] : summary.optionCounts) {
    result["options"][std::to_string(options)] = count;
  }
  for (const auto& [topic, count] : summary.topics) {
    result["topics"][topic.empty() ? noTopic : topic] = count;
  }
  result["items_per_population"] = spreadJson(summary.itemsPerPopulation);
  result["n"] = spreadJson(summary.respondents);
  result["n_eff"] = spreadJson(summary.effectiveSampleSizes);
  result["findings"] = findingsJson(summary, examples);
  return result;
}

}  // namespace canvass
