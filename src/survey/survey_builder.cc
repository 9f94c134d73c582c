#include "survey/survey_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "base/error.h"
#include "base/list_text.h"
#include "survey/dates.h"
#include "survey/letters.h"

namespace canvass {
namespace {

void checkId(const std::string& id, const char* kind, const std::string& where) {
  if (id.empty()) throw Error(fmt::format("a {} has an empty id", kind), where);
}

void checkLabels(const Question& question, const std::string& where) {
  if (question.options.size() < 2) {
    throw Error(fmt::format("question \"{}\" has fewer than two options", question.id), where);
  }
  if (question.options.size() > maxOptions) {
    throw Error(fmt::format("question \"{}\" has {} options, but can have at most {}", question.id,
                            question.options.size(), maxOptions),
                where);
  }
  std::set<std::string> labels;
  for (const Option& option : question.options) {
    if (option.label.empty()) {
      throw Error(fmt::format("question \"{}\" has an option with an empty label", question.id),
                  where);
    }
    if (!labels.insert(option.label).second) {
      throw Error(
          fmt::format("question \"{}\" has two options labeled \"{}\"", question.id, option.label),
          where);
    }
  }
}

std::vector<double> optionValues(const Question& question) {
  std::vector<double> values;
  for (const Option& option : question.options) {
    if (option.value) values.push_back(*option.value);
  }
  return values;
}

// True if each value is past the one before it, in one direction.
bool riseOrFall(const std::vector<double>& values) {
  const auto outOfOrder = [&values](auto reaches) {
    return std::adjacent_find(values.begin(), values.end(), reaches) != values.end();
  };
  return !outOfOrder(std::greater_equal<>()) || !outOfOrder(std::less_equal<>());
}

void checkValues(const Question& question, const std::string& where) {
  const std::vector<double> values = optionValues(question);
  if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) {
    throw Error(
        fmt::format("question \"{}\" has an option value that is not a number", question.id),
        where);
  }
  if (question.scale == Scale::nominal) return;
  const bool complete = values.size() == question.options.size();
  if (!complete && (question.scale == Scale::interval || !values.empty())) {
    throw Error(
        fmt::format("{} question \"{}\" has {} but {}", scaleName(question.scale), question.id,
                    counted(question.options.size(), "option"), counted(values.size(), "value")),
        where,
        question.scale == Scale::interval ? "give every option a value"
                                          : "give every option a value, or none");
  }
  if (!riseOrFall(values)) {
    throw Error(fmt::format("the option values of {} question \"{}\" neither rise nor fall",
                            scaleName(question.scale), question.id),
                where, "list the options in the order of their values");
  }
}

void checkShares(const Distribution& shares, std::size_t options, const std::string& name,
                 const std::string& where) {
  if (shares.size() != options) {
    throw Error(fmt::format("{} has {} for {}", name, counted(shares.size(), "share"),
                            counted(options, "option")),
                where);
  }
  double sum = 0.0;
  for (const double share : shares) {
    if (!std::isfinite(share) || share < 0.0) {
      throw Error(fmt::format("{} has a share that is negative or not a number", name), where);
    }
    sum += share;
  }
  if (std::abs(sum - 1.0) > distributionTolerance) {
    throw Error(fmt::format("the shares of {} sum to {}, not to 1", name, sum), where);
  }
}

void checkStandardErrors(const Item& item, const std::string& name, const std::string& where) {
  if (!item.standardErrors) return;
  const std::vector<double>& errors = *item.standardErrors;
  if (!item.observed || errors.size() != item.observed->size()) {
    throw Error(fmt::format("{} has {} but {}", name, counted(errors.size(), "standard error"),
                            counted(item.observed ? item.observed->size() : 0, "share")),
                where);
  }
  if (!std::ranges::all_of(errors, [](double e) { return std::isfinite(e) && e >= 0.0; })) {
    throw Error(fmt::format("{} has a standard error that is negative or not a number", name),
                where);
  }
}

void checkNotNegative(const std::optional<double>& number, const char* key, const std::string& name,
                      const std::string& where) {
  if (!number || (std::isfinite(*number) && *number >= 0.0)) return;
  throw Error(fmt::format("the {} of {} is {}, negative or not a number", key, name, *number),
              where);
}

void checkSample(const Population& population, const std::string& where) {
  if (!population.sample) return;
  const auto& [respondents, shared] = *population.sample;
  if (respondents == 0) {
    throw Error(fmt::format("population \"{}\" has a sample of no respondents", population.id),
                where, "leave out its \"sample\"");
  }
  for (const auto& [id, count] : shared) {
    if (id != population.id && count >= 1 && count <= respondents) continue;
    throw Error(fmt::format("population \"{}\" shares {} of its {} with \"{}\"", population.id,
                            count, counted(respondents, "respondent"), id),
                where, "list other populations, with 1 to that many respondents");
  }
}

// The larger numbers of both.
void join(const PopulationSample& other, PopulationSample& sample) {
  sample.respondents = std::max(sample.respondents, other.respondents);
  for (const auto& [id, count] : other.shared) {
    std::size_t& shared = sample.shared[id];
    shared = std::max(shared, count);
  }
}

void checkSize(const std::optional<double>& size, const char* key, const std::string& name,
               const std::string& where) {
  if (size && !(std::isfinite(*size) && *size > 0.0)) {
    throw Error(fmt::format("the {} of {} is not a positive number", key, name), where);
  }
}

// If nobody answered, there would be no distribution.
void checkNonresponse(const Item& item, const std::string& name, const std::string& where) {
  const auto isShare = [](double share) { return share >= 0.0 && share <= 1.0; };
  const double dontKnow = item.dontKnow.value_or(0.0);
  const double refused = item.refused.value_or(0.0);
  if (!isShare(dontKnow) || !isShare(refused)) {
    throw Error(fmt::format("the dont_know or refused share of {} is not between 0 and 1", name),
                where);
  }
  if (item.observed && dontKnow + refused >= 1.0) {
    throw Error(fmt::format("{} has a distribution, but dont_know and refused leave nobody who "
                            "answered",
                            name),
                where);
  }
}

template <typename Named>
std::size_t append(std::vector<Named>& all, std::unordered_map<std::string, std::size_t>& byId,
                   Named&& one, const char* kind, const std::string& where) {
  if (!byId.emplace(one.id, all.size()).second) {
    throw Error(fmt::format("the {} \"{}\" appears twice", kind, one.id), where);
  }
  all.push_back(std::move(one));
  return all.size() - 1;
}

[[noreturn]] void failForTwoMeanings(const char* kind, const std::string& id,
                                     const std::string& where) {
  throw Error(fmt::format("the {} \"{}\" differs from the earlier one with that id", kind, id),
              where, "give one of them a different id");
}

std::size_t indexOf(const std::unordered_map<std::string, std::size_t>& byId, const std::string& id,
                    const char* kind, const std::string& where) {
  const auto found = byId.find(id);
  if (found == byId.end()) {
    throw Error(fmt::format("there is no {} \"{}\"", kind, id), where,
                fmt::format("a {} must come before the items that use it", kind));
  }
  return found->second;
}

}  // namespace

std::size_t SurveyBuilder::addQuestion(Question question, const std::string& where) {
  checkId(question.id, "question", where);
  checkLabels(question, where);
  checkValues(question, where);
  checkDate(question.date, where);
  return append(survey_.questions, questions_, std::move(question), "question", where);
}

std::size_t SurveyBuilder::addPopulation(Population population, const std::string& where) {
  checkId(population.id, "population", where);
  checkSample(population, where);
  checkDate(population.date, where);
  return append(survey_.populations, populations_, std::move(population), "population", where);
}

std::size_t SurveyBuilder::findOrAddQuestion(const Question& question, const std::string& where) {
  const auto found = questions_.find(question.id);
  if (found == questions_.end()) return addQuestion(question, where);
  if (question != survey_.questions[found->second]) {
    failForTwoMeanings("question", question.id, where);
  }
  return found->second;
}

std::size_t SurveyBuilder::findOrAddPopulation(const Population& population,
                                               const std::string& where) {
  const auto found = populations_.find(population.id);
  if (found == populations_.end()) return addPopulation(population, where);
  if (population != survey_.populations[found->second]) {
    failForTwoMeanings("population", population.id, where);
  }
  checkSample(population, where);
  auto& sample = survey_.populations[found->second].sample;
  if (population.sample && !sample) sample.emplace();
  if (population.sample) join(*population.sample, *sample);
  return found->second;
}

void SurveyBuilder::addItem(Item item, const std::string& where) {
  if (item.question >= survey_.questions.size() || item.population >= survey_.populations.size()) {
    throw Error("an item refers to a question or population that does not exist", where);
  }
  const Question& question = survey_.questionOf(item);
  const std::string name = fmt::format("the item of question \"{}\" and population \"{}\"",
                                       question.id, survey_.populationOf(item).id);
  if (item.observed) checkShares(*item.observed, question.options.size(), name, where);
  checkStandardErrors(item, name, where);
  checkNotNegative(item.meanStandardError, "mean_se", name, where);
  checkNotNegative(item.degrees, "df", name, where);
  checkSize(item.respondents, "n", name, where);
  checkSize(item.effectiveSampleSize, "n_eff", name, where);
  checkNonresponse(item, name, where);
  if (!asked_.emplace(item.question, item.population).second) {
    throw Error(fmt::format("{} appears twice", name), where);
  }
  survey_.items.push_back(std::move(item));
}

std::size_t SurveyBuilder::questionIndex(const std::string& id, const std::string& where) const {
  return indexOf(questions_, id, "question", where);
}

std::size_t SurveyBuilder::populationIndex(const std::string& id, const std::string& where) const {
  return indexOf(populations_, id, "population", where);
}

}  // namespace canvass
