#include "microdata/tabulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/list_text.h"
#include "microdata/group_samples.h"
#include "microdata/populations.h"
#include "survey/letters.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

using Answers = std::vector<std::int16_t>;

// A question as it is tabulated: with don't know and no answer as options, or without.
struct TabulatedQuestion {
  Question question;
  std::int16_t dontKnow = -1;  // the option's index; -1: it is not an option
  std::int16_t refused = -1;

  std::int16_t optionOf(std::int16_t answer) const {
    if (answer == saidDontKnow) return dontKnow;
    if (answer == gaveNoAnswer) return refused;
    return answer < 0 ? std::int16_t{-1} : answer;
  }
};

std::int16_t addOption(Question& question, const std::string& text) {
  if (question.options.size() == maxOptions) {
    throw Error(fmt::format("the question has {} options, as many as it can have, without \"{}\"",
                            maxOptions, text),
                "question " + question.id,
                "combine codes into options, or do not keep such answers as options");
  }
  const auto index = static_cast<std::int16_t>(question.options.size());
  question.options.push_back({letterLabel(question.options.size()), text, std::nullopt});
  return index;
}

// An option of a nominal question needs no value, and one without an order does not use it.
void makeNominal(Question& question) {
  question.scale = Scale::nominal;
  for (Option& option : question.options) option.value.reset();
}

TabulatedQuestion keepMissing(const QuestionPlan& plan, const Answers& answers) {
  TabulatedQuestion kept{plan.question};
  const auto anybody = [&answers](std::int16_t answer) {
    return std::find(answers.begin(), answers.end(), answer) != answers.end();
  };
  if (anybody(saidDontKnow)) kept.dontKnow = addOption(kept.question, plan.dontKnowText);
  if (anybody(gaveNoAnswer)) kept.refused = addOption(kept.question, plan.refusedText);
  if (kept.dontKnow >= 0 || kept.refused >= 0) makeNominal(kept.question);
  return kept;
}

// Weighted shares of don't know and no answer among those who were asked.
void addNonresponse(const std::vector<std::uint32_t>& members, const std::vector<double>& weights,
                    const Answers& answers, Item& item) {
  double answered = 0.0;
  double dontKnow = 0.0;
  double refused = 0.0;
  for (const std::uint32_t i : members) {
    if (answers[i] >= 0) answered += weights[i];
    if (answers[i] == saidDontKnow) dontKnow += weights[i];
    if (answers[i] == gaveNoAnswer) refused += weights[i];
  }
  const double asked = answered + dontKnow + refused;
  item.dontKnow = dontKnow / asked;
  item.refused = refused / asked;
}

class Tabulator {
 public:
  Tabulator(const Mapping& mapping, const ImportPlan& plan, const Respondents& respondents,
            const TabulateOptions& options)
      : mapping_(mapping),
        plan_(plan),
        respondents_(respondents),
        options_(options),
        design_(respondents.design) {}

  Tabulation run(Progress& progress);

 private:
  void addQuestions();
  void addPopulations();
  void addGroup(RespondentGroup group, const MappedGrouping& grouping);
  void addItems(std::size_t question);
  // `population`: the index of the group's.
  void addItem(std::size_t question, std::size_t population, const Answers& answers);
  void noteUnanswered();

  const Mapping& mapping_;
  const ImportPlan& plan_;
  const Respondents& respondents_;
  const TabulateOptions& options_;
  PreparedDesign design_;
  std::vector<TabulatedQuestion> questions_;
  std::vector<LargeGroup> groups_;  // each a population of the survey, in the same order
  SurveyBuilder builder_;
  std::map<std::string, std::string> populationPlaces_;
  // Names of what is left out.
  std::vector<std::string> smallPopulations_;
  std::vector<std::string> smallItems_;
  std::vector<std::string> weightless_;
  std::vector<std::string> notes_;
};

Tabulation Tabulator::run(Progress& progress) {
  if (respondents_.size() == 0) throw Error("there are no respondents in the files");
  addQuestions();
  addPopulations();
  for (std::size_t q = 0; q < questions_.size(); ++q) {
    addItems(q);
    progress.update(q + 1, questions_.size(), questions_[q].question.id);
  }
  noteList(smallPopulations_, "population",
           "left out for having fewer respondents than the minimum", notes_);
  noteList(smallItems_, "item", "left out for having fewer answers than the minimum", notes_);
  noteList(weightless_, "item", "left out because everyone who answered has weight 0", notes_);
  noteUnanswered();
  if (builder_.survey().items.empty()) {
    throw Error("no question has enough answers in any population", mapping_.file,
                fmt::format("{}", fmt::join(notes_, "; ")));
  }
  Tabulation tabulation{builder_.finish(), std::move(notes_)};
  tabulation.survey.name = mapping_.name;
  tabulation.survey.source = mapping_.source;
  tabulation.survey.language = mapping_.language;
  return tabulation;
}

void Tabulator::addQuestions() {
  std::size_t madeNominal = 0;
  for (std::size_t q = 0; q < plan_.questions.size(); ++q) {
    const QuestionPlan& plan = plan_.questions[q];
    questions_.push_back(options_.withMissing ? keepMissing(plan, respondents_.answers[q])
                                              : TabulatedQuestion{plan.question});
    const Question& question = questions_.back().question;
    if (question.scale != plan.question.scale) ++madeNominal;
    builder_.addQuestion(question, mapping_.file);
  }
  if (madeNominal > 0) {
    notes_.push_back(
        fmt::format("{} with an order treated as nominal: don't know and no answer, "
                    "kept as options, are not part of an order",
                    counted(madeNominal, "question")));
  }
}

void Tabulator::addPopulations() {
  for (const MappedGrouping& grouping : mapping_.groupings) {
    for (RespondentGroup& group : makeGroups(grouping, plan_, respondents_)) {
      addGroup(std::move(group), grouping);
    }
  }
  mergeSameGroups(groups_, notes_);
  setSamples(groups_, respondents_.size());
  for (const LargeGroup& one : groups_) builder_.addPopulation(one.group.population, one.where);
}

void Tabulator::addGroup(RespondentGroup group, const MappedGrouping& grouping) {
  if (group.members.size() < grouping.minimum) {
    smallPopulations_.push_back(fmt::format("{} ({} of at least {})", group.population.name,
                                            group.members.size(), grouping.minimum));
    return;
  }
  const auto [first, isNew] = populationPlaces_.emplace(group.population.id, grouping.where);
  if (!isNew) {
    throw Error(fmt::format("two populations are called \"{}\": one of {} and one of here",
                            group.population.id, first->second),
                grouping.where, "give the populations a name template: name = \"sex: {sex}\"");
  }
  groups_.push_back({std::move(group), grouping.minimum, grouping.where});
}

void Tabulator::addItems(std::size_t question) {
  Answers answers = respondents_.answers[question];
  for (std::int16_t& answer : answers) answer = questions_[question].optionOf(answer);
  for (std::size_t p = 0; p < groups_.size(); ++p) addItem(question, p, answers);
}

// `answers`: only options, everything else is -1.
void Tabulator::addItem(std::size_t question, std::size_t population, const Answers& answers) {
  const RespondentGroup& group = groups_[population].group;
  const Question& asked = questions_[question].question;
  const Answers& all = respondents_.answers[question];
  const auto answered = std::count_if(group.members.begin(), group.members.end(),
                                      [&answers](std::uint32_t i) { return answers[i] >= 0; });
  // If nobody was asked, as in a split ballot, there is no item at all.
  if (answered == 0 && std::all_of(group.members.begin(), group.members.end(),
                                   [&all](std::uint32_t i) { return all[i] == notAsked; })) {
    return;
  }
  const auto name = [&](std::size_t count) {
    return fmt::format("{} of {} ({})", asked.id, group.population.name, count);
  };
  const auto estimates =
      design_.estimate(group.members, answers, asked.options.size(), intervalValues(asked));
  if (!estimates && answered > 0) return weightless_.push_back(name(0));
  const std::size_t count = estimates ? estimates->respondents : 0;
  if (!estimates || count < groups_[population].minimum) return smallItems_.push_back(name(count));
  Item item{question, population, estimates->shares, static_cast<double>(count),
            estimates->effectiveSampleSize};
  item.standardErrors = estimates->standardErrors;
  item.meanStandardError = estimates->meanStandardError;
  item.degrees = estimates->degrees;
  if (!options_.withMissing) {
    addNonresponse(group.members, respondents_.design.weights, all, item);
  }
  builder_.addItem(std::move(item), asked.id);
}

void Tabulator::noteUnanswered() {
  std::vector<std::string> unanswered;
  for (std::size_t q = 0; q < questions_.size(); ++q) {
    const Answers& answers = respondents_.answers[q];
    if (std::none_of(answers.begin(), answers.end(), [](std::int16_t one) { return one >= 0; })) {
      unanswered.push_back(questions_[q].question.id);
    }
  }
  noteList(unanswered, "question", "without any answer", notes_);
}

}  // namespace

Tabulation tabulate(const Mapping& mapping, const ImportPlan& plan, const Respondents& respondents,
                    const TabulateOptions& options, Progress& progress) {
  return Tabulator(mapping, plan, respondents, options).run(progress);
}

}  // namespace canvass
