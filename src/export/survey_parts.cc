#include "export/survey_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/list_text.h"
#include "survey/letters.h"

namespace canvass {
namespace {

template <typename T, typename Has>
std::size_t count(const std::vector<T>& all, Has has) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), has));
}

bool hasOtherLabels(const Question& question) {
  for (std::size_t k = 0; k < question.options.size(); ++k) {
    if (k >= maxOptions || question.options[k].label != letterLabel(k)) return true;
  }
  return false;
}

struct Tally {
  const char* what;
  const char* unit;  // in the singular; empty: of the survey as a whole
  std::size_t count;
};

Tally tally(const Survey& survey, SurveyPart part) {
  const auto& questions = survey.questions;
  const auto& items = survey.items;
  const auto ofScale = [&questions](Scale scale) {
    return count(questions, [scale](const Question& one) { return one.scale == scale; });
  };
  switch (part) {
    case SurveyPart::name:
      return {"the survey's name", "", survey.name.empty() ? 0u : 1u};
    case SurveyPart::source:
      return {"the survey's source", "", survey.source.empty() ? 0u : 1u};
    case SurveyPart::topic:
      return {"topics", "question",
              count(questions, [](const Question& one) { return !one.topic.empty(); })};
    case SurveyPart::scaleOfNominal:
      return {"that they are nominal", "question", ofScale(Scale::nominal)};
    case SurveyPart::scaleOfInterval:
      return {"that they are interval", "question", ofScale(Scale::interval)};
    case SurveyPart::optionValue:
      return {"option values", "question", count(questions, hasValues)};
    case SurveyPart::optionLabel:
      return {"option labels other than A, B, C", "question", count(questions, hasOtherLabels)};
    case SurveyPart::missingCodes:
      return {"missing codes", "question",
              count(questions, [](const Question& one) { return !one.missingCodes.empty(); })};
    case SurveyPart::date: {
      const auto isDated = [](const auto& one) { return !one.date.empty(); };
      const bool any = std::ranges::any_of(questions, isDated) ||
                       std::ranges::any_of(survey.populations, isDated);
      return {"dates of populations and questions", "", any ? 1u : 0u};
    }
    case SurveyPart::population:
      return {"ids, names and phrases", "population", survey.populations.size()};
    case SurveyPart::attributes:
      return {"attributes", "population", count(survey.populations, [](const Population& one) {
                return !one.attributes.empty();
              })};
    case SurveyPart::respondents:
      return {"n", "item",
              count(items, [](const Item& one) { return one.respondents.has_value(); })};
    case SurveyPart::effectiveSampleSize:
      return {"n_eff", "item",
              count(items, [](const Item& one) { return one.effectiveSampleSize.has_value(); })};
    case SurveyPart::dontKnow:
      return {"dont_know", "item",
              count(items, [](const Item& one) { return one.dontKnow.has_value(); })};
    case SurveyPart::refused:
      return {"refused", "item",
              count(items, [](const Item& one) { return one.refused.has_value(); })};
  }
  return {"", "", 0};
}

}  // namespace

bool hasValues(const Question& question) { return question.options.front().value.has_value(); }

void noteLost(const Survey& survey, std::initializer_list<SurveyPart> lost,
              std::vector<std::string>& notes) {
  std::vector<std::string> parts;
  for (const SurveyPart part : lost) {
    const auto [what, unit, number] = tally(survey, part);
    if (number == 0) continue;
    parts.push_back(*unit == '\0' ? std::string(what)
                                  : fmt::format("{} ({})", what, counted(number, unit)));
  }
  if (parts.empty()) return;
  notes.push_back(fmt::format("the format cannot hold {}", fmt::join(parts, ", ")));
}

void ItemsLeftOut::add(const std::string& name) {
  ++items_;
  if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
}

void ItemsLeftOut::note(std::vector<std::string>& notes) const {
  if (items_ == 0) return;
  notes.push_back(
      fmt::format("{} left out: {}: {}", counted(items_, "item"), reason_, listText(names_)));
}

}  // namespace canvass
