#include "export/csv.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/list_text.h"
#include "base/utf8.h"
#include "export/survey_parts.h"
#include "stats/share_estimates.h"

namespace canvass {
namespace {

// Readers keep blanks at either end only inside quotes.
std::string field(std::string_view text) {
  const bool isPlain = text.find_first_of(",\"\r\n") == std::string_view::npos &&
                       !text.starts_with(' ') && !text.ends_with(' ');
  if (isPlain) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string field(double number) { return fmt::format("{}", number); }

std::string field(const std::optional<double>& number) {
  return number ? field(*number) : std::string();
}

std::string line(const std::vector<std::string>& fields) {
  return fmt::format("{}\n", fmt::join(fields, ","));
}

std::set<std::string> attributesOf(const Survey& survey) {
  std::set<std::string> names;
  for (const Population& population : survey.populations) {
    for (const auto& [name, value] : population.attributes) names.insert(name);
  }
  return names;
}

std::string header(const std::set<std::string>& attributes) {
  std::vector<std::string> names{"question",
                                 "question_text",
                                 "topic",
                                 "scale",
                                 "population",
                                 "population_name",
                                 "population_phrase",
                                 "option",
                                 "option_text",
                                 "value",
                                 "share",
                                 "se",
                                 "n",
                                 "n_eff",
                                 "dont_know",
                                 "refused"};
  for (const std::string& attribute : attributes) names.push_back(field("attribute_" + attribute));
  return line(names);
}

std::string shareField(const Item& item, std::size_t k) {
  return item.observed ? field((*item.observed)[k]) : std::string();
}

std::string errorField(const Item& item, std::size_t k) {
  if (!item.observed || !item.effectiveSampleSize) return {};
  return field(standardErrorOf((*item.observed)[k], *item.effectiveSampleSize));
}

std::string optionLine(const Survey& survey, const Item& item, std::size_t k,
                       const std::set<std::string>& attributes) {
  const Question& question = survey.questionOf(item);
  const Population& population = survey.populationOf(item);
  const Option& option = question.options[k];
  std::vector<std::string> fields{field(question.id),       field(question.text),
                                  field(question.topic),    scaleName(question.scale),
                                  field(population.id),     field(population.name),
                                  field(population.phrase), field(option.label),
                                  field(option.text),       field(option.value),
                                  shareField(item, k),      errorField(item, k),
                                  field(item.respondents),  field(item.effectiveSampleSize),
                                  field(item.dontKnow),     field(item.refused)};
  for (const std::string& attribute : attributes) {
    const auto value = population.attributes.find(attribute);
    fields.push_back(value == population.attributes.end() ? std::string() : field(value->second));
  }
  return line(fields);
}

void noteUnknownErrors(const Survey& survey, std::vector<std::string>& notes) {
  std::size_t unknown = 0;
  for (const Item& item : survey.items) unknown += item.effectiveSampleSize ? 0 : 1;
  if (unknown == 0) return;
  notes.push_back(fmt::format("{} without n_eff: se is empty", counted(unknown, "item")));
}

}  // namespace

ExportResult exportCsv(const Survey& survey) {
  const std::set<std::string> attributes = attributesOf(survey);
  ExportResult result;
  result.text = header(attributes);
  for (const Item& item : survey.items) {
    for (std::size_t k = 0; k < survey.questionOf(item).options.size(); ++k) {
      result.text += optionLine(survey, item, k, attributes);
    }
  }
  if (findInvalidUtf8(result.text)) throw Error("a text of the survey is not UTF-8", survey.name);
  result.items = survey.items.size();
  noteLost(survey, {SurveyPart::name, SurveyPart::source, SurveyPart::missingCodes}, result.notes);
  noteUnknownErrors(survey, result.notes);
  return result;
}

}  // namespace canvass
