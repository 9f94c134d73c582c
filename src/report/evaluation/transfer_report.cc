#include "report/evaluation/transfer_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/terminal/plain_table.h"

namespace canvass {
namespace {

const char* newPartName(NewPart part) {
  if (part == NewPart::question) return "question";
  return part == NewPart::population ? "population" : "cell";
}

std::string choiceText(const TransferChoice& choice, const TerminalStyle& style) {
  std::vector<std::vector<std::string>> rows{
      {fmt::format("new {}s: {}", newPartName(choice.part), counted(choice.items, "item")),
       "js_similarity", ""}};
  for (std::size_t i = 0; i < choice.candidates.size(); ++i) {
    const TransferCandidate& one = choice.candidates[i];
    rows.push_back({one.name, fmt::format("{:.4f}", one.similarity),
                    i == choice.chosen ? std::string(sign("●", "*", style)) : std::string()});
  }
  return plainTable(rows, style) +
         paragraph(fmt::format("In ten-fold cross-validation over {}s, of {} observed items.",
                               newPartName(choice.part), grouped(choice.validated)),
                   style);
}

}  // namespace

Json transferJson(const TransferredPredictions& result) {
  Json json{{"predictions", result.predictions.predictions.size()},
            {"unchanged", result.unchanged},
            {"choices", Json::array()}};
  for (const TransferChoice& choice : result.choices) {
    Json candidates = Json::array();
    for (const TransferCandidate& one : choice.candidates) {
      candidates.push_back({{"name", one.name}, {"js_similarity", one.similarity}});
    }
    json["choices"].push_back({{"new", newPartName(choice.part)},
                               {"items", choice.items},
                               {"validated", choice.validated},
                               {"chosen", choice.candidates[choice.chosen].name},
                               {"candidates", std::move(candidates)}});
  }
  return json;
}

std::string transferText(const TransferredPredictions& result, const TerminalStyle& style) {
  std::string text;
  for (const TransferChoice& choice : result.choices) {
    text += (text.empty() ? "" : "\n") + choiceText(choice, style);
  }
  if (result.unchanged > 0) {
    text +=
        paragraph(fmt::format("As predicted: {} of a new question and a new population at once.",
                              counted(result.unchanged, "item")),
                  style);
  }
  return text;
}

}  // namespace canvass
