#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "report/terminal/terminal_text.h"
#include "survey/survey.h"

namespace canvass {

// The spread of a number over the items or populations for which it is known.
struct Spread {
  std::size_t known = 0;  // how many; the figures below are meaningless for 0
  double least = 0.0;
  double median = 0.0;  // of an even number, the mean of the middle two
  double most = 0.0;
};

Spread spreadOf(std::vector<double> values);

// Something that looks wrong. A survey can be used in spite of it.
struct Finding {
  std::string name;  // its key in JSON: "one_option_only"
  std::string text;  // "items have all answers on one option"
  std::vector<std::string> cases;
};

// What `canvass describe` reports about a survey.
struct SurveySummary {
  std::string name;
  std::string source;
  std::string language;
  std::string weighting;  // as Survey has it
  std::size_t questions = 0;
  std::size_t populations = 0;
  std::size_t items = 0;
  std::size_t observed = 0;                                 // items with a distribution
  double coverage = 0.0;                                    // items / (questions x populations)
  std::vector<std::pair<std::string, std::size_t>> topics;  // questions each; "" has none
  std::map<std::string, std::size_t> scales;                // questions each
  std::map<std::size_t, std::size_t> optionCounts;          // questions by number of options
  Spread itemsPerPopulation;
  Spread respondents;           // n of the items
  Spread effectiveSampleSizes;  // n_eff of the items
  std::vector<Finding> findings;
};

SurveySummary summarize(const Survey& survey);

// What looks wrong, each kind with all its cases; kinds without a case are left out.
std::vector<Finding> findWhatLooksWrong(const Survey& survey);

// `examples`: how many cases of each finding are shown.
std::string surveySummaryText(const SurveySummary& summary, const TerminalStyle& style = {},
                              std::size_t examples = 5);
Json surveySummaryJson(const SurveySummary& summary, std::size_t examples = 5);

}  // namespace canvass
