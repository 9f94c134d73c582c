#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// The two dimensions of the Inglehart-Welzel map of the World Values Survey.
enum class ValueDimension {
  secular,         // traditional to secular-rational values
  selfExpression,  // survival to self-expression values
};

const char* dimensionName(ValueDimension dimension);  // "secular", "self_expression"

// A question that an indicator is made from, in the coding of the World Values Survey: option k of
// the question, from 0, has the code k + 1 there.
struct IndicatorQuestion {
  std::string_view wave7;       // its variable in wave 7: "Q46", as a survey's question id or "46"
  std::string_view integrated;  // in the integrated and trend files: "A008"
  std::size_t options;          // that count
  std::size_t others = 0;       // behind them, that do not count: "I am not a citizen"
  std::vector<double> scores;   // by option: what choosing it adds to the indicator
};

// One of the ten indicators of the map (Inglehart & Welzel 2005, Modernization, Cultural Change,
// and Democracy, table 2.1), with the variables of the survey's codebooks.
struct ValueIndicator {
  std::string_view name;  // "happiness"
  std::string_view code;  // of the survey: "A008"
  ValueDimension dimension;
  int sign;  // +1 if higher values go with secular-rational or self-expression values, else -1
  std::vector<IndicatorQuestion> questions;
  double base = 0.0;  // added to the sum of the scores
};

std::span<const ValueIndicator> valueIndicators();

// The shares of a question's options for one population; nothing if it has none.
using SharesOf = std::function<std::optional<Distribution>(std::size_t question)>;

// The questions of a survey that the indicators are made from.
class IndicatorQuestions {
 public:
  explicit IndicatorQuestions(const Survey& survey);

  // Why the survey does not have what the indicator needs; empty if it does.
  const std::string& missing(std::size_t indicator) const { return missing_[indicator]; }

  // The indicator's mean in a population; nothing if a share is missing. Every indicator is a sum
  // over questions of scores of the chosen options, the two indices too: its mean follows from the
  // shares of each question alone.
  std::optional<double> meanOf(std::size_t indicator, const SharesOf& shares) const;

 private:
  std::vector<std::string> missing_;
  std::vector<std::vector<std::size_t>> questions_;  // by indicator: indices into the survey's
};

}  // namespace canvass
