#include "report/checklist/checklist.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/checklist/sections.h"
#include "text/markup_text.h"

namespace canvass {

std::vector<ChecklistSection> checklistOf(const ChecklistSources& sources) {
  return {surveySection(sources.survey), modelSection(sources)};
}

std::string checklistMarkdown(const std::vector<ChecklistSection>& sections,
                              const std::string& title) {
  std::string text = fmt::format("# {}: what was done\n", markdownText(title));
  for (const ChecklistSection& section : sections) {
    text += fmt::format("\n## {}\n\n", section.title);
    for (const ChecklistEntry& entry : section.entries) {
      text += fmt::format("- [{}] **{}**", entry.missing.empty() ? "x" : " ", entry.title);
      for (const std::string& sentence : entry.known) text += " " + markdownText(sentence);
      if (!entry.missing.empty()) text += fmt::format(" *To add: {}.*", entry.missing);
      text += "\n";
    }
  }
  return text;
}

Json checklistJson(const std::vector<ChecklistSection>& sections) {
  Json list = Json::array();
  for (const ChecklistSection& section : sections) {
    Json entries = Json::array();
    for (const ChecklistEntry& entry : section.entries) {
      entries.push_back(
          {{"title", entry.title}, {"known", entry.known}, {"missing", entry.missing}});
    }
    list.push_back({{"title", section.title}, {"entries", std::move(entries)}});
  }
  return list;
}

}  // namespace canvass
