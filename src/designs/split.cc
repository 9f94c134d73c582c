#include "designs/split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "base/error.h"
#include "base/random.h"
#include "survey/population_index.h"
#include "survey/shared_respondents.h"
#include "text/near_matches.h"

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

// "country=Peru" marks every population with that value; false if it is no such text, or the name
// of a population.
bool markByAttribute(const Survey& survey, const std::string& listed, Marks& marks) {
  const std::size_t equals = listed.find('=');
  if (equals == std::string::npos) return false;
  const std::string attribute = listed.substr(0, equals);
  const std::string value = listed.substr(equals + 1);
  std::set<std::string> values;
  bool isFound = false;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Population& population = survey.populations[i];
    if (population.id == listed || population.name == listed) return false;
    const auto found = population.attributes.find(attribute);
    if (found == population.attributes.end()) continue;
    values.insert(found->second);
    if (found->second != value) continue;
    marks[i] = isFound = true;
  }
  if (values.empty()) return false;
  if (!isFound) {
    throw Error(fmt::format("no population has the {} \"{}\"", attribute, value), {},
                suggestion(value, {values.begin(), values.end()}));
  }
  return true;
}

Marks markPopulations(const Survey& survey, const std::vector<std::string>& listed) {
  Marks marks(survey.populations.size(), false);
  for (const std::string& one : listed) {
    if (!markByAttribute(survey, one, marks)) marks[findPopulation(survey, one)] = true;
  }
  return marks;
}

// The populations within a population, which is one of them.
std::vector<std::size_t> subgroupsOf(const Population& population, const Survey& survey,
                                     const PopulationIndex& index) {
  std::vector<std::size_t> within = index.related(population);
  std::erase_if(within, [&](std::size_t i) {
    const auto relation = relationOf(population, survey.populations[i]);
    return relation != PopulationRelation::contains && relation != PopulationRelation::same;
  });
  return within;
}

// Marks the populations within those that are marked as well.
void markSubgroups(const Survey& survey, Marks& marks) {
  const Marks marked = marks;
  const PopulationIndex index(survey.populations);
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (!marked[i]) continue;
    for (const std::size_t j : subgroupsOf(survey.populations[i], survey, index)) marks[j] = true;
  }
}

// Marks the questions on the topics listed.
Marks markTopics(const Survey& survey, const std::vector<std::string>& listed) {
  std::vector<std::string> known;
  Marks marks(survey.questions.size(), false);
  for (std::size_t i = 0; i < survey.questions.size(); ++i) {
    const std::string& topic = survey.questions[i].topic;
    if (topic.empty()) continue;
    if (std::find(known.begin(), known.end(), topic) == known.end()) known.push_back(topic);
    marks[i] = std::find(listed.begin(), listed.end(), topic) != listed.end();
  }
  for (const std::string& topic : listed) {
    if (std::find(known.begin(), known.end(), topic) == known.end()) {
      failForUnknown("topic", topic, known);
    }
  }
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
  const Marks topics = markTopics(survey, plan.topics);
  Marks populations = markPopulations(survey, plan.populations);
  if (plan.sharing == SharedRespondents::setAside) markSubgroups(survey, populations);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const Item& item = survey.items[i];
    if (questions[item.question] || topics[item.question] || populations[item.population]) {
      chosen.push_back(i);
    }
  }
  return chosen;
}

void checkFraction(double fraction) {
  if (fraction >= 0.0 && fraction <= 1.0) return;
  throw Error(fmt::format("the fraction of cells to hold out is {}", fraction), {},
              "give a number between 0 and 1");
}

// The ids of this share of `all`, which are questions or populations.
template <typename Named>
std::set<std::string> drawIds(const std::vector<Named>& all, double fraction, const char* kind,
                              std::uint64_t seed) {
  if (!(fraction > 0.0 && fraction <= 1.0)) {
    throw Error(fmt::format("the fraction of training {} to keep is {}", kind, fraction), {},
                "give a number above 0 and up to 1");
  }
  std::vector<std::string> ids;
  for (const Named& one : all) ids.push_back(one.id);
  std::sort(ids.begin(), ids.end());
  // The whole list is shuffled whatever the fraction, and its beginning is kept: so a smaller
  // share is a part of a larger one.
  RandomStream(seed, fmt::format("kept {}", kind)).shuffle(ids);
  const auto kept =
      static_cast<std::ptrdiff_t>(std::llround(fraction * static_cast<double>(ids.size())));
  if (kept == 0) {
    throw Error(fmt::format("{} of {} training {} rounds to 0", fraction, ids.size(), kind), {},
                "keep a larger fraction");
  }
  return {ids.begin(), ids.begin() + kept};
}

template <typename Named>
std::vector<std::string> idsOutside(const std::vector<Named>& all,
                                    const std::set<std::string>& kept) {
  std::vector<std::string> ids;
  for (const Named& one : all) {
    if (!kept.contains(one.id)) ids.push_back(one.id);
  }
  return ids;
}

// Removes from the training part what the plan does not keep.
void thinTraining(const SplitPlan& plan, Split& split) {
  const Survey& train = split.train;
  const auto populations =
      drawIds(train.populations, plan.keptPopulations, "populations", plan.seed);
  const auto questions = drawIds(train.questions, plan.keptQuestions, "questions", plan.seed);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < train.items.size(); ++i) {
    if (populations.contains(train.populationOf(train.items[i]).id) &&
        questions.contains(train.questionOf(train.items[i]).id)) {
      kept.push_back(i);
    }
  }
  if (kept.empty()) {
    throw Error("no item has both a kept question and a kept population", {}, "keep more of them");
  }
  split.droppedPopulations = idsOutside(train.populations, populations);
  split.droppedQuestions = idsOutside(train.questions, questions);
  split.droppedItems = train.items.size() - kept.size();
  split.train = selectItems(train, kept);
}

// Adds the items of the populations within those of the items, each of the same question.
void addSubgroups(const Survey& survey, std::vector<std::size_t>& items) {
  const PopulationIndex populations(survey.populations);
  std::vector<std::vector<std::size_t>> within;
  for (const Population& population : survey.populations) {
    within.push_back(subgroupsOf(population, survey, populations));
  }
  const SurveyIndex index(survey);
  std::vector<bool> isAdded(survey.items.size(), false);
  for (const std::size_t i : items) {
    const Item& item = survey.items[i];
    for (const std::size_t population : within[item.population]) {
      if (const auto found = index.item(item.question, population)) isAdded[*found] = true;
    }
  }
  items.clear();
  for (std::size_t i = 0; i < isAdded.size(); ++i) {
    if (isAdded[i]) items.push_back(i);
  }
}

// Removes from the training part what asks the same of respondents who are held out.
void setAsideSharing(Split& split) {
  const std::vector<std::size_t> sharing = itemsSharingRespondents(split.train, split.heldOut);
  if (sharing.empty()) return;
  const std::vector<std::size_t> kept = othersThan(sharing, split.train.items.size());
  if (kept.empty()) {
    throw Error("everything that is left to train on shares respondents with what is held out", {},
                "make populations that have no respondents in common, or give --shared-respondents "
                "ignore");
  }
  std::set<std::size_t> populations;
  for (const std::size_t i : sharing) populations.insert(split.train.items[i].population);
  for (const std::size_t population : populations) {
    split.sharingPopulations.push_back(split.train.populations[population].name);
  }
  split.sharingItems = sharing.size();
  split.train = selectItems(split.train, kept);
}

void checkParts(std::size_t train, std::size_t heldOut) {
  if (heldOut == 0) {
    throw Error("the split holds out no items", {}, "hold out more, or a larger fraction of cells");
  }
  if (train == 0) throw Error("the split leaves no items to train on", {}, "hold out less");
}

}  // namespace

Split splitSurvey(const Survey& survey, const SplitPlan& plan) {
  checkFraction(plan.cellFraction);
  std::vector<std::size_t> heldOut = wholeRowsAndColumns(survey, plan);
  const std::vector<std::size_t> cells =
      drawCells(survey, othersThan(heldOut, survey.items.size()), plan.cellFraction, plan.seed);
  heldOut.insert(heldOut.end(), cells.begin(), cells.end());
  std::sort(heldOut.begin(), heldOut.end());
  if (plan.sharing == SharedRespondents::setAside) addSubgroups(survey, heldOut);
  const std::vector<std::size_t> train = othersThan(heldOut, survey.items.size());
  checkParts(train.size(), heldOut.size());
  Split split{selectItems(survey, train), selectItems(survey, heldOut)};
  if (plan.sharing == SharedRespondents::setAside) setAsideSharing(split);
  thinTraining(plan, split);
  return split;
}

Split holdOutCells(const Survey& survey, double fraction, std::uint64_t seed) {
  return splitSurvey(survey, {.cellFraction = fraction, .seed = seed});
}

}  // namespace canvass
