#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/list_text.h"
#include "report/checklist/sections.h"

namespace canvass {
namespace {

ChecklistEntry sponsor(const Survey* survey) {
  ChecklistEntry entry{
      "Sponsor and conductor", {}, "who sponsored the survey and who conducted it"};
  if (survey != nullptr && !survey->source.empty()) entry.known.push_back(survey->source);
  return entry;
}

ChecklistEntry instruments(const Survey& survey) {
  std::map<Scale, std::size_t> scales;
  std::size_t wordless = 0;
  for (const Question& question : survey.questions) {
    ++scales[question.scale];
    if (question.text.empty()) ++wordless;
  }
  std::vector<std::string> parts;
  for (const auto& [scale, count] : scales) {
    parts.push_back(fmt::format("{} {}", count, scaleName(scale)));
  }
  ChecklistEntry entry{
      "Measurement instruments",
      {fmt::format("{}, {}, in the language \"{}\"; the survey file has their "
                   "wording and options.",
                   counted(survey.questions.size(), "question"), listText(parts), survey.language)},
      {}};
  if (wordless > 0) {
    entry.missing =
        fmt::format("the wording of {} whose text is empty", counted(wordless, "question"));
  }
  return entry;
}

ChecklistEntry populations(const Survey& survey) {
  std::map<std::string, std::set<std::string>> attributes;
  for (const Population& population : survey.populations) {
    for (const auto& [name, value] : population.attributes) attributes[name].insert(value);
  }
  std::vector<std::string> parts;
  for (const auto& [name, values] : attributes) {
    parts.push_back(fmt::format("{} ({})", name, counted(values.size(), "value")));
  }
  std::string text = counted(survey.populations.size(), "population");
  if (!parts.empty()) text += ", by " + listText(parts);
  return {
      "Population under study", {text + "."}, "who belongs to these populations, and who does not"};
}

ChecklistEntry dates(const Survey& survey) {
  std::set<std::string> known;
  std::size_t undated = 0;
  for (const Population& population : survey.populations) {
    if (population.date.empty()) {
      ++undated;
    } else {
      known.insert(population.date);
    }
  }
  ChecklistEntry entry{"Dates of data collection", {}, {}};
  if (!known.empty()) {
    entry.known.push_back(known.size() == 1
                              ? fmt::format("{}.", *known.begin())
                              : fmt::format("{} to {}.", *known.begin(), *known.rbegin()));
  }
  if (undated > 0) {
    entry.missing = fmt::format("when {} asked (import --date)",
                                undated == 1 ? std::string("one population was")
                                             : fmt::format("{} populations were", undated));
  }
  return entry;
}

// "n from 480 to 1,200 (518 of 518 items)"
std::string rangeText(const char* name, const std::vector<double>& sizes, std::size_t items) {
  const auto [low, high] = std::ranges::minmax(sizes);
  return fmt::format("{} from {} to {} ({} of {}).", name, grouped(static_cast<std::size_t>(low)),
                     grouped(static_cast<std::size_t>(high)), grouped(sizes.size()),
                     counted(items, "item"));
}

ChecklistEntry sizes(const Survey& survey) {
  std::vector<double> respondents;
  std::vector<double> effective;
  std::size_t errors = 0;
  for (const Item& item : survey.items) {
    if (item.respondents) respondents.push_back(*item.respondents);
    if (item.effectiveSampleSize) effective.push_back(*item.effectiveSampleSize);
    if (item.standardErrors) ++errors;
  }
  ChecklistEntry entry{"Sample sizes and precision", {}, {}};
  if (!respondents.empty()) {
    entry.known.push_back(rangeText("n", respondents, survey.items.size()));
  }
  if (!effective.empty()) {
    entry.known.push_back(rangeText("Effective n", effective, survey.items.size()));
  }
  if (errors > 0) {
    entry.known.push_back(fmt::format("Standard errors of {}.", counted(errors, "item")));
  }
  if (respondents.size() < survey.items.size() && errors < survey.items.size()) {
    entry.missing = "how many people answered each question";
  }
  return entry;
}

ChecklistEntry weighting(const Survey& survey) {
  if (survey.weighting == "unweighted") {
    return {"Weighting", {"Unweighted."}, {}};
  }
  if (survey.weighting.empty()) return {"Weighting", {}, "whether and how answers were weighted"};
  return {"Weighting",
          {fmt::format("By the variable {}.", survey.weighting)},
          "how the weights were made"};
}

}  // namespace

ChecklistSection surveySection(const Survey* survey) {
  ChecklistSection section{"The survey", {}};
  auto& entries = section.entries;
  entries.push_back({"Data collection strategy", {}, "what kind of study the answers are from"});
  entries.push_back(sponsor(survey));
  if (survey == nullptr) {
    entries.push_back({"Instruments, populations, dates, sizes and weighting",
                       {},
                       "the survey, with --survey, or all of this by hand"});
  } else {
    for (ChecklistEntry (*make)(const Survey&) :
         {instruments, populations, dates, sizes, weighting}) {
      entries.push_back(make(*survey));
    }
  }
  entries.push_back({"Sample", {}, "how respondents were drawn and recruited"});
  entries.push_back({"Modes", {}, "by which modes and in which languages they were asked"});
  entries.push_back({"Processing and quality", {}, "how answers were processed and checked"});
  entries.push_back({"Limitations", {}, "what the design cannot show"});
  return section;
}

}  // namespace canvass
