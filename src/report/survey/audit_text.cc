#include "report/survey/audit_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace canvass {
namespace {

const char* headingOf(OverlapKind kind) {
  switch (kind) {
    case OverlapKind::item:
      return "items in both: one question of one population";
    case OverlapKind::question:
      return "questions in both";
    case OverlapKind::renamed:
      return "pairs of questions with one text under two ids";
    case OverlapKind::nearDuplicate:
      return "pairs of questions that are near-duplicates";
    case OverlapKind::battery:
      return "pairs of questions from one battery: they differ at one position";
    case OverlapKind::reusedId:
      return "ids of different questions";
    case OverlapKind::respondents:
      return "pairs of items that ask respondents in both the same question";
    case OverlapKind::population:
      return "populations in both";
  }
  return "";
}

std::string idsOf(const Overlap& overlap) {
  if (overlap.first == overlap.second) return overlap.first;
  return overlap.first + " and " + overlap.second;
}

// The end of a text that is too long for its line, where items of one battery differ.
std::string ending(std::string_view text, std::size_t width, const TerminalStyle& style) {
  const std::string line = onOneLine(text);
  if (displayWidth(line) <= width) return line;
  const std::string_view ellipsis = sign("…", "...", style);
  std::string_view kept = line;
  for (std::size_t left = displayWidth(line) + displayWidth(ellipsis); left > width;) {
    const Letter letter = firstLetter(kept);
    kept.remove_prefix(letter.bytes.size());
    left -= displayWidth(letter);
  }
  return fmt::format("{}{}", ellipsis, kept);
}

// The lines of one overlap; texts are below each other, so that a reader sees where they differ.
std::vector<std::string> exampleLines(const Overlap& overlap, std::size_t width,
                                      const TerminalStyle& style) {
  std::string head = idsOf(overlap);
  if (overlap.kind == OverlapKind::nearDuplicate || overlap.kind == OverlapKind::battery) {
    head += fmt::format(", similarity {:.2f}", overlap.similarity);
  }
  std::vector<std::string> lines = {shortened(head, width, style)};
  if (overlap.kind == OverlapKind::item || overlap.kind == OverlapKind::population) return lines;
  lines.push_back("  " + ending(overlap.firstText, width - 2, style));
  if (overlap.secondText != overlap.firstText) {
    lines.push_back("  " + ending(overlap.secondText, width - 2, style));
  }
  return lines;
}

std::string kindText(const PartPair& pair, OverlapKind kind, std::size_t examples,
                     const TerminalStyle& style) {
  const std::size_t count = countOverlaps(pair, kind);
  if (count == 0) return {};
  std::string text = inked(padLeft(grouped(count), 7), Ink::warning, style) + "  " +
                     phraseFor(count, headingOf(kind)) + "\n";
  std::size_t shown = 0;
  for (const Overlap& overlap : pair.overlaps) {
    if (overlap.kind != kind || shown == examples) continue;
    ++shown;
    for (const std::string& line : exampleLines(overlap, usableWidth(style) - 11, style)) {
      text += std::string(11, ' ') + inked(line, Ink::faint, style) + "\n";
    }
  }
  const std::string more = andMore(count, shown);
  if (!more.empty()) text += std::string(11, ' ') + inked(more, Ink::faint, style) + "\n";
  return text;
}

std::string strongParagraph(std::string_view text, const TerminalStyle& style) {
  std::string lines;
  for (const std::string& line : wrapped(text, usableWidth(style))) {
    lines += inked(line, Ink::strong, style) + "\n";
  }
  return lines;
}

std::string pairText(const PartPair& pair, std::size_t examples, const TerminalStyle& style) {
  std::string text = strongParagraph(pair.first + " and " + pair.second, style);
  if (!pair.textsCompared) {
    text += paragraph("in two languages: questions were compared by id only", style, 9);
  }
  for (const OverlapKind kind : overlapKinds()) text += kindText(pair, kind, examples, style);
  return text;
}

}  // namespace

std::string auditText(const std::vector<PartPair>& pairs, std::size_t examples,
                      const TerminalStyle& style) {
  std::string text;
  std::string clean;
  for (const PartPair& pair : pairs) {
    if (pair.overlaps.empty() && pair.textsCompared) {
      clean += paragraph(pair.first + " and " + pair.second, style, 2);
    } else {
      text += (text.empty() ? "" : "\n") + pairText(pair, examples, style);
    }
  }
  if (clean.empty()) return text;
  return text + (text.empty() ? "" : "\n") + "Nothing in common:\n" + clean;
}

Json auditJson(const std::vector<PartPair>& pairs) {
  Json all = Json::array();
  for (const PartPair& pair : pairs) {
    Json counts = Json::object();
    for (const OverlapKind kind : overlapKinds()) {
      counts[overlapName(kind)] = countOverlaps(pair, kind);
    }
    Json overlaps = Json::array();
    for (const Overlap& overlap : pair.overlaps) {
      overlaps.push_back({{"kind", overlapName(overlap.kind)},
                          {"first", overlap.first},
                          {"second", overlap.second},
                          {"similarity", overlap.similarity},
                          {"first_text", overlap.firstText},
                          {"second_text", overlap.secondText}});
    }
    all.push_back({{"first", pair.first},
                   {"second", pair.second},
                   {"texts_compared", pair.textsCompared},
                   {"counts", std::move(counts)},
                   {"overlaps", std::move(overlaps)}});
  }
  return {{"pairs", std::move(all)}};
}

}  // namespace canvass
