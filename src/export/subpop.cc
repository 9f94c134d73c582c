#include "export/subpop.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/list_text.h"
#include "export/survey_parts.h"
#include "survey/jsonl.h"

namespace canvass {
namespace {

constexpr double notOrdinal = -1.0;

double lowestValue(const Question& question) {
  const auto lowest =
      std::min_element(question.options.begin(), question.options.end(),
                       [](const Option& a, const Option& b) { return *a.value < *b.value; });
  return *lowest->value;
}

bool needsMoving(const Question& question) {
  return question.scale != Scale::nominal && hasValues(question) && lowestValue(question) < 0.0;
}

std::vector<double> placesOf(const Question& question) {
  std::vector<double> places;
  const double moved = needsMoving(question) ? 1.0 - lowestValue(question) : 0.0;
  for (const Option& option : question.options) {
    const double rank = static_cast<double>(places.size() + 1);
    places.push_back(question.scale == Scale::nominal ? notOrdinal
                     : option.value                   ? *option.value + moved
                                                      : rank);
  }
  return places;
}

// One text by itself, several as a list; a text that looks like a list would be read as one.
Json oneOrMore(const std::vector<std::string>& texts) {
  if (texts.size() == 1 && !texts.front().starts_with('[')) return texts.front();
  return texts;
}

Json recordOf(const Question& question, const Population& population, const Item& item) {
  std::vector<std::string> attributes;
  std::vector<std::string> groups;
  for (const auto& [attribute, group] : population.attributes) {
    attributes.push_back(attribute);
    groups.push_back(group);
  }
  std::vector<std::string> options;
  for (const Option& option : question.options) options.push_back(option.text);
  options.emplace_back("Refused");
  return {{"qkey", question.id},
          {"attribute", oneOrMore(attributes)},
          {"group", oneOrMore(groups)},
          {"question", question.text},
          {"options", options},
          {"ordinal", placesOf(question)},
          {"responses", *item.observed},
          {"refusal_rate", item.refused ? Json(*item.refused) : Json(nullptr)}};
}

class SubpopWriter {
 public:
  explicit SubpopWriter(const Survey& survey) : survey_(survey) {
    std::set<std::map<std::string, std::string>> taken;
    for (const Population& population : survey.populations) {
      isRepeated_.push_back(!taken.insert(population.attributes).second);
    }
  }

  ExportResult write();

 private:
  bool leaveOut(const Item& item);
  void noteMoved(std::vector<std::string>& notes) const;

  const Survey& survey_;
  std::vector<bool> isRepeated_;  // by population: an earlier one has its attributes
  ItemsLeftOut nobody_{"the population has no attribute"};
  ItemsLeftOut repeated_{"an earlier population has the same attributes"};
  ItemsLeftOut unobserved_{"there is no distribution"};
};

bool SubpopWriter::leaveOut(const Item& item) {
  const Population& population = survey_.populationOf(item);
  if (!item.observed) {
    unobserved_.add(survey_.questionOf(item).id);
  } else if (population.attributes.empty()) {
    nobody_.add(population.name);
  } else if (isRepeated_[item.population]) {
    repeated_.add(population.name);
  } else {
    return false;
  }
  return true;
}

ExportResult SubpopWriter::write() {
  ExportResult result;
  for (const Item& item : survey_.items) {
    if (leaveOut(item)) {
      ++result.leftOut;
      continue;
    }
    result.text += jsonLine(recordOf(survey_.questionOf(item), survey_.populationOf(item), item));
    ++result.items;
  }
  for (const ItemsLeftOut* one : {&nobody_, &repeated_, &unobserved_}) one->note(result.notes);
  if (result.items == 0) {
    throw Error("the format subpop can hold none of the survey's items", survey_.name,
                fmt::format("{}", fmt::join(result.notes, "; ")));
  }
  noteLost(
      survey_,
      {SurveyPart::name, SurveyPart::source, SurveyPart::topic, SurveyPart::scaleOfInterval,
       SurveyPart::optionLabel, SurveyPart::missingCodes, SurveyPart::date, SurveyPart::population,
       SurveyPart::respondents, SurveyPart::effectiveSampleSize, SurveyPart::dontKnow},
      result.notes);
  noteMoved(result.notes);
  return result;
}

void SubpopWriter::noteMoved(std::vector<std::string>& notes) const {
  std::vector<std::string> moved;
  for (const Question& question : survey_.questions) {
    if (needsMoving(question)) moved.push_back(question.id);
  }
  if (moved.empty()) return;
  notes.push_back(
      fmt::format("the values of {} are shifted up, because negative ones mean that "
                  "there is no order: {}",
                  counted(moved.size(), "question"), fmt::join(moved, ", ")));
}

}  // namespace

ExportResult exportSubpop(const Survey& survey) { return SubpopWriter(survey).write(); }

}  // namespace canvass
