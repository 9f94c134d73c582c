#include "survey/split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/error.h"
#include "base/random.h"
#include "survey/near_matches.h"

namespace canvass {
namespace {

// For each question or population, whether it is held out whole.
using Marks = std::vector<bool>;

[[noreturn]] void failForUnknown(const char* kind, const std::string& name,
                                 const std::vector<std::string>& known) {
  throw Error(fmt::format("the survey has no {} \"{}\"", kind, name), {}, suggestion(name, known));
}

// Marks the questions listed, each by its id.
Marks markQuestions(const Survey& survey, const std::vector<std::string>& listed) {
  std::vector<std::string> ids;
  for (const Question& question : survey.questions) ids.push_back(question.id);
  Marks marks(ids.size(), false);
  for (const std::string& id : listed) {
    const auto found = std::find(ids.begin(), ids.end(), id);
    if (found == ids.end()) failForUnknown("question", id, ids);
    marks[static_cast<std::size_t>(found - ids.begin())] = true;
  }
  return marks;
}

// The population of this id, or else the only one of this name.
std::size_t findPopulation(const Survey& survey, const std::string& idOrName) {
  std::vector<std::size_t> named;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < survey.populations.size(); ++i) {
    const Population& population = survey.populations[i];
    if (population.id == idOrName) return i;
    if (population.name == idOrName) named.push_back(i);
    known.push_back(population.id);
    if (population.name != population.id) known.push_back(population.name);
  }
  if (named.empty()) failForUnknown("population", idOrName, known);
  if (named.size() > 1) {
    throw Error(fmt::format("{} populations are named \"{}\"", named.size(), idOrName), {},
                "list them by id");
  }
  return named.front();
}

Marks markPopulations(const Survey& survey, const std::vector<std::string>& listed) {
  Marks marks(survey.populations.size(), false);
  for (const std::string& idOrName : listed) marks[findPopulation(survey, idOrName)] = true;
  return marks;
}

// Draws cells from `items`; sorting by ids first makes the draw independent of the file's order.
std::vector<std::size_t> drawCells(const Survey& survey, std::vector<std::size_t> items,
                                   double fraction, std::uint64_t seed) {
  const auto ids = [&survey](std::size_t item) {
    return std::tie(survey.questionOf(survey.items[item]).id,
                    survey.populationOf(survey.items[item]).id);
  };
  std::sort(items.begin(), items.end(),
            [&ids](std::size_t a, std::size_t b) { return ids(a) < ids(b); });
  RandomStream(seed, "split cells").shuffle(items);
  items.resize(
      static_cast<std::size_t>(std::llround(fraction * static_cast<double>(items.size()))));
  return items;
}

// The indices below `count` that are not in `chosen`, which must be sorted.
std::vector<std::size_t> othersThan(const std::vector<std::size_t>& chosen, std::size_t count) {
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::binary_search(chosen.begin(), chosen.end(), i)) others.push_back(i);
  }
  return others;
}

std::vector<std::size_t> wholeRowsAndColumns(const Survey& survey, const SplitPlan& plan) {
  const Marks questions = markQuestions(survey, plan.questions);
  const Marks populations = markPopulations(survey, plan.populations);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const Item& item = survey.items[i];
    if (questions[item.question] || populations[item.population]) chosen.push_back(i);
  }
  return chosen;
}

void checkFraction(double fraction) {
  if (fraction >= 0.0 && fraction <= 1.0) return;
  throw Error(fmt::format("the fraction of cells to hold out is {}", fraction), {},
              "give a number between 0 and 1");
}

void checkParts(std::size_t train, std::size_t heldOut) {
  if (heldOut == 0) {
    throw Error("the split holds out no item", {}, "hold out more, or a larger fraction of cells");
  }
  if (train == 0) throw Error("the split leaves no item to train on", {}, "hold out less");
}

}  // namespace

Split splitSurvey(const Survey& survey, const SplitPlan& plan) {
  checkFraction(plan.cellFraction);
  std::vector<std::size_t> heldOut = wholeRowsAndColumns(survey, plan);
  const std::vector<std::size_t> cells =
      drawCells(survey, othersThan(heldOut, survey.items.size()), plan.cellFraction, plan.seed);
  heldOut.insert(heldOut.end(), cells.begin(), cells.end());
  std::sort(heldOut.begin(), heldOut.end());
  const std::vector<std::size_t> train = othersThan(heldOut, survey.items.size());
  checkParts(train.size(), heldOut.size());
  return {selectItems(survey, train), selectItems(survey, heldOut)};
}

Split holdOutPopulations(const Survey& survey, const std::vector<std::string>& populations) {
  return splitSurvey(survey, {populations, {}, 0.0, 0});
}

Split holdOutQuestions(const Survey& survey, const std::vector<std::string>& questions) {
  return splitSurvey(survey, {{}, questions, 0.0, 0});
}

Split holdOutCells(const Survey& survey, double fraction, std::uint64_t seed) {
  return splitSurvey(survey, {{}, {}, fraction, seed});
}

}  // namespace canvass
