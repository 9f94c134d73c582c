#include "microdata/tabulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/error.h"
#include "microdata/populations.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

constexpr std::size_t casesToName = 20;

using Answers = std::vector<std::int16_t>;

// A question as it is tabulated: with don't know and no answer as options, or without.
struct TabulatedQuestion {
  Question question;
  std::int16_t dontKnow = -1;  // the option's index; -1: it is none
  std::int16_t refused = -1;

  std::int16_t optionOf(std::int16_t answer) const {
    if (answer == saidDontKnow) return dontKnow;
    if (answer == gaveNoAnswer) return refused;
    return answer < 0 ? std::int16_t{-1} : answer;
  }
};

std::int16_t addOption(Question& question, const std::string& text) {
  const auto index = static_cast<std::int16_t>(question.options.size());
  question.options.push_back({std::string(1, static_cast<char>('A' + index)), text, std::nullopt});
  return index;
}

// An option of a nominal question needs no value, and one without an order has no use for it.
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

// The respondents that bear on the estimates for one population, and which of them belong to it.
// A population is estimated within the full design, but a stratum without a member adds nothing to
// its variance; without strata and clusters the same holds of every other respondent.
class Domain {
 public:
  Domain(const SampleDesign& full, const std::vector<std::uint32_t>& members) {
    const auto size = static_cast<std::uint32_t>(full.weights.size());
    std::vector<bool> isMember(size, false);
    std::vector<bool> inStratum;
    for (const std::uint32_t i : members) isMember[i] = true;
    for (const std::uint32_t i : members) {
      if (full.strata.empty()) break;
      inStratum.resize(std::max<std::size_t>(inStratum.size(), full.strata[i] + 1), false);
      inStratum[full.strata[i]] = true;
    }
    for (std::uint32_t i = 0; i < size; ++i) {
      const bool wanted = !full.strata.empty()
                              ? full.strata[i] < inStratum.size() && inStratum[full.strata[i]]
                              : !full.clusters.empty() || isMember[i];
      if (wanted) add(full, i, isMember[i]);
    }
  }

  const SampleDesign& design() const { return design_; }
  Answers answers(const TabulatedQuestion& question, const Answers& all) const {
    Answers chosen(rows_.size(), -1);
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (isMember_[r]) chosen[r] = question.optionOf(all[rows_[r]]);
    }
    return chosen;
  }

 private:
  void add(const SampleDesign& full, std::uint32_t i, bool isMember) {
    rows_.push_back(i);
    isMember_.push_back(isMember);
    design_.weights.push_back(full.weights[i]);
    if (!full.strata.empty()) design_.strata.push_back(full.strata[i]);
    if (!full.clusters.empty()) design_.clusters.push_back(full.clusters[i]);
  }

  SampleDesign design_;
  std::vector<std::uint32_t> rows_;
  std::vector<bool> isMember_;
};

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

// Cases of one kind that were left out.
struct LeftOut {
  std::vector<std::string> cases;

  void note(const std::string& what, std::vector<std::string>& notes) const {
    if (cases.empty()) return;
    const std::vector<std::string> named(
        cases.begin(), cases.begin() + static_cast<long>(std::min(cases.size(), casesToName)));
    const std::string more = cases.size() > named.size()
                                 ? fmt::format("; and {} more", cases.size() - named.size())
                                 : "";
    notes.push_back(fmt::format("{} {}: {}{}", cases.size(), what, fmt::join(named, "; "), more));
  }
};

class Tabulator {
 public:
  Tabulator(const Mapping& mapping, const ImportPlan& plan, const Respondents& respondents,
            const TabulateOptions& options, Progress& progress)
      : mapping_(mapping),
        plan_(plan),
        respondents_(respondents),
        options_(options),
        progress_(progress) {}

  Tabulation run();

 private:
  void addQuestions();
  void addGrouping(const MappedGrouping& grouping);
  void addPopulation(const Group& group, const MappedGrouping& grouping);
  void addItem(std::size_t question, std::size_t population, const Group& group,
               const Domain& domain, std::size_t minimum);
  void noteUnanswered();

  const Mapping& mapping_;
  const ImportPlan& plan_;
  const Respondents& respondents_;
  const TabulateOptions& options_;
  Progress& progress_;
  std::vector<TabulatedQuestion> questions_;
  SurveyBuilder builder_;
  std::map<std::string, std::string> populationPlaces_;
  LeftOut smallPopulations_;
  LeftOut smallItems_;
  LeftOut weightless_;
  std::vector<std::string> notes_;
};

Tabulation Tabulator::run() {
  if (respondents_.size() == 0) throw Error("there is no respondent in the files");
  addQuestions();
  for (const MappedGrouping& grouping : mapping_.groupings) addGrouping(grouping);
  smallPopulations_.note("populations are left out for having fewer respondents than the minimum",
                         notes_);
  smallItems_.note("items are left out for having fewer answers than the minimum", notes_);
  weightless_.note("items are left out because all who answered weigh 0", notes_);
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
        fmt::format("{} questions with an order are taken as nominal: don't know and "
                    "no answer, kept as options, have no place in an order",
                    madeNominal));
  }
}

void Tabulator::addGrouping(const MappedGrouping& grouping) {
  const std::vector<Group> groups = makeGroups(grouping, plan_, respondents_);
  std::size_t done = 0;
  for (const Group& group : groups) {
    addPopulation(group, grouping);
    progress_.update(++done, groups.size(), group.population.name);
  }
}

void Tabulator::addPopulation(const Group& group, const MappedGrouping& grouping) {
  if (group.members.size() < grouping.minimum) {
    smallPopulations_.cases.push_back(fmt::format("{} ({} of at least {})", group.population.name,
                                                  group.members.size(), grouping.minimum));
    return;
  }
  const auto [first, isNew] = populationPlaces_.emplace(group.population.id, grouping.where);
  if (!isNew) {
    throw Error(fmt::format("two populations are called \"{}\": one of {} and one of here",
                            group.population.id, first->second),
                grouping.where, "give the populations a name template: name = \"sex: {sex}\"");
  }
  const std::size_t population = builder_.addPopulation(group.population, grouping.where);
  const Domain domain(respondents_.design, group.members);
  for (std::size_t q = 0; q < questions_.size(); ++q) {
    addItem(q, population, group, domain, grouping.minimum);
  }
}

void Tabulator::addItem(std::size_t question, std::size_t population, const Group& group,
                        const Domain& domain, std::size_t minimum) {
  const TabulatedQuestion& tabulated = questions_[question];
  const Answers& all = respondents_.answers[question];
  const Answers answers = domain.answers(tabulated, all);
  const auto count = static_cast<std::size_t>(
      std::count_if(answers.begin(), answers.end(), [](std::int16_t one) { return one >= 0; }));
  const std::string name =
      fmt::format("{} of {} ({})", tabulated.question.id, group.population.name, count);
  // Nobody asked, as in a split ballot, is not an item at all.
  if (count == 0 && std::none_of(group.members.begin(), group.members.end(),
                                 [&all](std::uint32_t i) { return all[i] != notAsked; })) {
    return;
  }
  if (count < std::max<std::size_t>(minimum, 1)) return smallItems_.cases.push_back(name);
  const auto estimates =
      estimateShares(domain.design(), answers, tabulated.question.options.size());
  if (!estimates) return weightless_.cases.push_back(name);
  Item item{question, population, estimates->shares, static_cast<double>(estimates->respondents),
            estimates->effectiveSampleSize};
  if (!options_.withMissing) {
    addNonresponse(group.members, respondents_.design.weights, all, item);
  }
  builder_.addItem(std::move(item), tabulated.question.id);
}

void Tabulator::noteUnanswered() {
  LeftOut unanswered;
  for (std::size_t q = 0; q < questions_.size(); ++q) {
    const Answers& answers = respondents_.answers[q];
    if (std::none_of(answers.begin(), answers.end(), [](std::int16_t one) { return one >= 0; })) {
      unanswered.cases.push_back(questions_[q].question.id);
    }
  }
  unanswered.note("questions have no answer at all", notes_);
}

}  // namespace

Tabulation tabulate(const Mapping& mapping, const ImportPlan& plan, const Respondents& respondents,
                    const TabulateOptions& options, Progress& progress) {
  return Tabulator(mapping, plan, respondents, options, progress).run();
}

}  // namespace canvass
