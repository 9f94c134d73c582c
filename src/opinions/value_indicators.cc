#include "opinions/value_indicators.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace canvass {
namespace {

// 1, 2, ... for as many options: the code itself.
std::vector<double> codes(std::size_t options) {
  std::vector<double> scores;
  for (std::size_t k = 1; k <= options; ++k) scores.push_back(static_cast<double>(k));
  return scores;
}

IndicatorQuestion coded(std::string_view wave7, std::string_view integrated, std::size_t options,
                        std::size_t others = 0) {
  return {wave7, integrated, options, others, codes(options)};
}

// A quality that children should learn: 1 if it is mentioned (the first option), else 0.
IndicatorQuestion quality(std::string_view wave7, std::string_view integrated, double score) {
  return {wave7, integrated, 2, 0, {score, 0.0}};
}

// An aim of the country: 1 for having a say (second) and free speech (fourth).
IndicatorQuestion aim(std::string_view wave7, std::string_view integrated) {
  return {wave7, integrated, 4, 0, {0.0, 1.0, 0.0, 1.0}};
}

std::vector<ValueIndicator> makeIndicators() {
  using enum ValueDimension;
  return {
      {"importance of God", "F063", secular, -1, {coded("Q164", "F063", 10)}},
      // Independence and determination less religious faith and obedience, -2 to 2.
      {"autonomy index",
       "Y003",
       secular,
       1,
       {quality("Q8", "A029", 1.0), quality("Q14", "A039", 1.0), quality("Q15", "A040", -1.0),
        quality("Q17", "A042", -1.0)}},
      {"justifiability of abortion", "F120", secular, 1, {coded("Q184", "F120", 10)}},
      {"national pride", "G006", secular, 1, {coded("Q254", "G006", 4, 1)}},
      {"respect for authority", "E018", secular, 1, {coded("Q45", "E018", 3)}},
      // 1 if neither choice is a postmaterialist aim, 2 if one is, 3 if both are.
      {"postmaterialist index",
       "Y002",
       selfExpression,
       1,
       {aim("Q154", "E003"), aim("Q155", "E004")},
       1.0},
      {"happiness", "A008", selfExpression, -1, {coded("Q46", "A008", 4)}},
      {"justifiability of homosexuality", "F118", selfExpression, 1, {coded("Q182", "F118", 10)}},
      {"signing a petition", "E025", selfExpression, -1, {coded("Q209", "E025", 3)}},
      {"trust in people", "A165", selfExpression, -1, {coded("Q57", "A165", 2)}},
  };
}

std::optional<std::size_t> questionOf(const SurveyIndex& index, const IndicatorQuestion& wanted) {
  const std::string wave7(wanted.wave7);
  for (const std::string& id : {wave7, wave7.substr(1), std::string(wanted.integrated)}) {
    if (const auto found = index.question(id)) return found;
  }
  return std::nullopt;
}

}  // namespace

const char* dimensionName(ValueDimension dimension) {
  return dimension == ValueDimension::secular ? "secular" : "self_expression";
}

std::span<const ValueIndicator> valueIndicators() {
  static const std::vector<ValueIndicator> all = makeIndicators();
  return all;
}

IndicatorQuestions::IndicatorQuestions(const Survey& survey) {
  const SurveyIndex index(survey);
  for (const ValueIndicator& indicator : valueIndicators()) {
    std::string& missing = missing_.emplace_back();
    std::vector<std::string> absent;
    auto& questions = questions_.emplace_back();
    for (const IndicatorQuestion& wanted : indicator.questions) {
      const auto found = questionOf(index, wanted);
      if (!found) {
        absent.push_back(fmt::format("{} ({})", wanted.wave7, wanted.integrated));
        continue;
      }
      const Question& question = survey.questions[*found];
      const std::size_t options = question.options.size();
      if (options < wanted.options || options > wanted.options + wanted.others) {
        missing += fmt::format("{}question {} has {} options, not {}", missing.empty() ? "" : ", ",
                               question.id, options, wanted.options);
      }
      questions.push_back(*found);
    }
    if (absent.empty()) continue;
    missing +=
        fmt::format("{}no question {}", missing.empty() ? "" : ", ", fmt::join(absent, " or "));
  }
}

std::optional<double> IndicatorQuestions::meanOf(std::size_t indicator,
                                                 const SharesOf& shares) const {
  if (!missing_[indicator].empty()) return std::nullopt;
  const ValueIndicator& definition = valueIndicators()[indicator];
  double mean = definition.base;
  for (std::size_t part = 0; part < definition.questions.size(); ++part) {
    const auto all = shares(questions_[indicator][part]);
    if (!all) return std::nullopt;
    const IndicatorQuestion& question = definition.questions[part];
    double chosen = 0.0;
    double sum = 0.0;
    for (std::size_t k = 0; k < question.options; ++k) {
      chosen += (*all)[k];
      sum += (*all)[k] * question.scores[k];
    }
    if (!(chosen > 0.0)) return std::nullopt;
    mean += sum / chosen;
  }
  return mean;
}

}  // namespace canvass
