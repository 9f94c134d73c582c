#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "survey/distribution.h"

namespace canvass {

// Nominal options have no order; ordinal ones are listed in order; interval ones also have values.
enum class Scale { nominal, ordinal, interval };

struct Option {
  std::string label;            // the letter asked for: "A"
  std::string text;             // "Very important"
  std::optional<double> value;  // its position on the scale, if the survey gives one

  bool operator==(const Option&) const = default;
};

struct Question {
  std::string id;
  std::string text;
  std::string topic;  // empty if unknown
  std::vector<Option> options;
  Scale scale = Scale::ordinal;
  std::vector<std::string> missingCodes;  // codes of the source that are not answers
  std::string date = {};                  // when it was first asked (survey/dates.h)

  bool operator==(const Question&) const = default;
};

// The respondents whom a population was made of.
struct PopulationSample {
  std::size_t respondents = 0;
  // How many of them are also in another population of the same survey, by its id; none of those
  // that are not listed.
  std::map<std::string, std::size_t> shared;

  bool operator==(const PopulationSample&) const = default;
};

struct Population {
  std::string id;
  std::string name;    // "Japan"
  std::string phrase;  // the words a prompt uses for one of them: "someone from Japan"
  std::map<std::string, std::string> attributes;          // {"country": "Japan"}, {"sex": "female"}
  std::optional<PopulationSample> sample = std::nullopt;  // if it is known
  std::string date = {};                                  // of the fieldwork (survey/dates.h)

  // Who is meant: two surveys ask one population, each with a sample of its own.
  bool operator==(const Population& other) const {
    return std::tie(id, name, phrase, attributes, date) ==
           std::tie(other.id, other.name, other.phrase, other.attributes, other.date);
  }
};

// One question asked of one population.
struct Item {
  std::size_t question = 0;    // index into Survey::questions
  std::size_t population = 0;  // index into Survey::populations
  std::optional<Distribution> observed;
  std::optional<double> respondents;          // n
  std::optional<double> effectiveSampleSize;  // n_eff, after weights and design
  // Weighted shares, 0 to 1, of those who were asked: they are apart from `observed`, which is the
  // distribution among those who answered.
  std::optional<double> dontKnow = std::nullopt;  // said that they do not know
  std::optional<double> refused = std::nullopt;   // refused, or gave no answer
  // Of each share of `observed`, by the design (stats/share_estimates.h).
  std::optional<std::vector<double>> standardErrors = std::nullopt;
  // Of the mean of the options' values, which the shares' errors alone do not determine.
  std::optional<double> meanStandardError = std::nullopt;
  // Of freedom of these errors: primary sampling units less strata.
  std::optional<double> degrees = std::nullopt;
};

// The one in-memory form that every importer makes and everything else reads.
struct Survey {
  std::string name;
  std::string source;           // citation of the source of the figures
  std::string language = "en";  // of the wording: "en" or "zh"
  std::vector<Question> questions;
  std::vector<Population> populations;
  std::vector<Item> items;
  std::string weighting = {};  // the variable of the weights, or "unweighted"; empty if unknown

  const Question& questionOf(const Item& item) const { return questions[item.question]; }
  const Population& populationOf(const Item& item) const { return populations[item.population]; }
};

// The labels of the options, in their order.
std::vector<std::string> labelsOf(const Question& question);
// Those of an interval question, which has a mean; empty for others.
std::vector<double> intervalValues(const Question& question);

const char* scaleName(Scale scale);
// Throws Error at `where` for any word other than nominal, ordinal, interval.
Scale parseScale(std::string_view name, const std::string& where);

// Checks what every reader of a survey relies on (SurveyBuilder lists it) and that the items'
// indices are in range. Throws Error naming the first fault at `where`.
void checkSurvey(const Survey& survey, const std::string& where);

// Questions, populations and items of all of them, in order: equal ids must be equal in everything.
// Throws Error if there are none, the languages differ, an id means two things or an item is in two
// of them.
Survey mergeSurveys(const std::vector<Survey>& surveys);

// The items at the given indices (each once, in any order) with only the questions and populations
// they use, all in their old order. Throws Error if an index is out of range or repeated.
Survey selectItems(const Survey& survey, const std::vector<std::size_t>& items);

// Finds indices by id: build once, look up often.
class SurveyIndex {
 public:
  explicit SurveyIndex(const Survey& survey);
  std::optional<std::size_t> question(const std::string& id) const;
  std::optional<std::size_t> population(const std::string& id) const;
  std::optional<std::size_t> item(std::size_t question, std::size_t population) const;
  // By the ids of question and population.
  std::optional<std::size_t> item(const std::string& question, const std::string& population) const;

 private:
  std::unordered_map<std::string, std::size_t> questions_;
  std::unordered_map<std::string, std::size_t> populations_;
  std::unordered_map<std::size_t, std::size_t> items_;
  std::size_t populationCount_ = 0;
};

}  // namespace canvass
