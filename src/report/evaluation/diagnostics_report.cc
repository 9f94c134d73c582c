#include "report/evaluation/diagnostics_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/json_parts.h"
#include "report/terminal/plain_table.h"

namespace canvass {
namespace {

const char* unitName(DiagnosticUnit unit) {
  switch (unit) {
    case DiagnosticUnit::items:
      return "items";
    case DiagnosticUnit::shares:
      return "shares";
    case DiagnosticUnit::questions:
      return "questions";
    case DiagnosticUnit::pairsOfPopulations:
      return "pairs of populations";
    case DiagnosticUnit::pairsOfQuestions:
      return "pairs of questions";
  }
  return "";
}

const char* formatName(DiagnosticFormat format) {
  switch (format) {
    case DiagnosticFormat::number:
      return "number";
    case DiagnosticFormat::percent:
      return "percent";
    case DiagnosticFormat::points:
      return "points";
  }
  return "";
}

const char* departureName(Departure finding) {
  switch (finding) {
    case Departure::below:
      return "below";
    case Departure::none:
      return "as ideal";
    case Departure::above:
      return "above";
    case Departure::unknown:
      break;
  }
  return "unknown";
}

Json figureJson(const Diagnostic& diagnostic) {
  const auto& [kind, group, figure] = diagnostic;
  Json json{{"id", kind->id}, {"title", kind->title}, {"format", formatName(kind->format)}};
  if (!group.empty()) json["attribute"] = group;
  json["value"] = numberJson(figure.value);
  putInterval(json, figure.interval);
  json["count"] = figure.count;
  json["unit"] = unitName(kind->unit);
  if (figure.uncorrected) json["uncorrected"] = numberJson(figure.uncorrected);
  if (figure.reference) json["reference"] = numberJson(figure.reference);
  if (kind->ideal) {
    json["ideal"] = *kind->ideal;
    json["finding"] = departureName(departureOf(*kind, figure));
  }
  json["says"] = sentenceOf(*kind, figure);
  return json;
}

Json servedJson(const std::vector<ServedGroup>& groups) {
  Json json = Json::array();
  for (const ServedGroup& group : groups) {
    json.push_back(
        {{"name", group.name}, {"items", group.items}, {"js_similarity", group.similarity}});
  }
  return json;
}

Json parityJson(const Parity& parity) {
  return {{"grouping", parity.grouping},
          {"difference", parity.difference},
          {"by_chance", parity.byChance},
          {"groups", servedJson(parity.groups)},
          {"small_groups", servedJson(parity.small)}};
}

std::string numberText(const DiagnosticKind& kind, double value) {
  switch (kind.format) {
    case DiagnosticFormat::percent:
      return fmt::format("{:.1f}%", 100.0 * value);
    case DiagnosticFormat::points:
      return fmt::format("{:.1f}", 100.0 * value);
    case DiagnosticFormat::number:
      break;
  }
  if (std::abs(value) < 0.005) return "0.00";  // without a sign
  return std::abs(value) < 10.0 ? fmt::format("{:.2f}", value) : fmt::format("{:.1f}", value);
}

std::string titleOf(const Diagnostic& diagnostic) {
  if (diagnostic.group.empty()) return std::string(diagnostic.kind->title);
  return fmt::format("{}: {}", onOneLine(diagnostic.group), diagnostic.kind->title);
}

std::string valueText(const Diagnostic& diagnostic, const TerminalStyle& style) {
  const auto& [kind, group, figure] = diagnostic;
  return figure.value ? numberText(*kind, *figure.value) : std::string(sign("–", "-", style));
}

std::string intervalText(const Diagnostic& diagnostic, const TerminalStyle& style) {
  const auto& [kind, group, figure] = diagnostic;
  if (!figure.value || !figure.interval) return {};
  return fmt::format("{}{}{}", numberText(*kind, figure.interval->low), sign("–", " to ", style),
                     numberText(*kind, figure.interval->high));
}

std::string idealText(const Diagnostic& diagnostic) {
  const auto& [kind, group, figure] = diagnostic;
  if (figure.reference) return numberText(*kind, *figure.reference);
  return kind->ideal ? fmt::format("{:g}", *kind->ideal) : std::string();
}

const Diagnostic* sameFigure(const Diagnostics& others, const Diagnostic& one) {
  const auto found = std::ranges::find_if(others.figures, [&](const Diagnostic& other) {
    return other.kind == one.kind && other.group == one.group;
  });
  return found == others.figures.end() ? nullptr : &*found;
}

std::string table(const std::vector<TitledDiagnostics>& runs, const TerminalStyle& style) {
  const bool isAlone = runs.size() == 1;
  std::vector<std::vector<std::string>> rows{{""}};
  for (const TitledDiagnostics& run : runs) rows.front().push_back(run.title);
  if (isAlone) rows.front().emplace_back("95%");
  rows.front().emplace_back("ideal");
  rows.front().push_back("of");
  rows.front().emplace_back();
  for (const Diagnostic& one : runs.front().diagnostics->figures) {
    std::vector<std::string> row{titleOf(one)};
    for (const TitledDiagnostics& run : runs) {
      const Diagnostic* same = sameFigure(*run.diagnostics, one);
      row.push_back(same == nullptr ? std::string() : valueText(*same, style));
    }
    if (isAlone) row.push_back(intervalText(one, style));
    row.push_back(idealText(one));
    row.push_back(grouped(one.figure.count));
    row.emplace_back();
    rows.push_back(std::move(row));
  }
  return plainTable(rows, style);
}

std::string listed(const std::string& text, const TerminalStyle& style) {
  return wrappedLines(fmt::format("{} {}\n", sign("•", "-", style), text), usableWidth(style), 2);
}

std::string findings(const TitledDiagnostics& run, const TerminalStyle& style) {
  std::string text;
  for (const Diagnostic& one : run.diagnostics->figures) {
    const Departure finding = departureOf(*one.kind, one.figure);
    if (finding != Departure::below && finding != Departure::above) continue;
    const std::string about = one.group.empty() ? std::string() : onOneLine(one.group) + ", ";
    text += listed(fmt::format("{}{} ({}).", about, sentenceOf(*one.kind, one.figure),
                               numberText(*one.kind, *one.figure.value)),
                   style);
  }
  return text;
}

std::string parityText(const Parity& parity, const TerminalStyle& style) {
  const ServedGroup& best = parity.groups.front();
  const ServedGroup& worst = parity.groups.back();
  std::string text = fmt::format(
      "By {}: best predicted {} ({:.3f}), worst {} ({:.3f}); a difference of {:.3f}, where "
      "chance alone makes {:.3f}.",
      onOneLine(parity.grouping), onOneLine(best.name), best.similarity, onOneLine(worst.name),
      worst.similarity, parity.difference, parity.byChance);
  if (!parity.small.empty()) {
    std::vector<std::string> names;
    for (const ServedGroup& group : parity.small) names.push_back(onOneLine(group.name));
    text += fmt::format(" Too few items to rank: {}.", listText(names));
  }
  return listed(text, style);
}

std::string correctionText(const Diagnostics& diagnostics, const TerminalStyle& style) {
  if (diagnostics.itemsWithSize == 0) {
    return paragraph(
        "Nothing says how many people answered: the survey's own sampling error counts as error of "
        "the prediction, and any predicted difference as one that it calls.",
        style);
  }
  return paragraph(
      fmt::format("Corrected for the survey's own sampling error, known of {} of {}.",
                  grouped(diagnostics.itemsWithSize), counted(diagnostics.items, "item")),
      style);
}

}  // namespace

Json diagnosticsJson(const Diagnostics& diagnostics) {
  Json json{{"items", diagnostics.items},
            {"items_with_sample_size", diagnostics.itemsWithSize},
            {"figures", Json::array()},
            {"parity", Json::array()}};
  for (const Diagnostic& one : diagnostics.figures) json["figures"].push_back(figureJson(one));
  for (const Parity& parity : diagnostics.parities) json["parity"].push_back(parityJson(parity));
  return json;
}

std::string diagnosticsText(const std::vector<TitledDiagnostics>& runs,
                            const TerminalStyle& style) {
  std::string text = table(runs, style) + correctionText(*runs.front().diagnostics, style);
  for (const TitledDiagnostics& run : runs) {
    std::string found = findings(run, style);
    for (const Parity& parity : run.diagnostics->parities) found += parityText(parity, style);
    if (found.empty()) continue;
    text += "\n" + paragraph(run.title + ", beyond chance:", style) + found;
  }
  return text;
}

}  // namespace canvass
