#include "survey/survey.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/list_text.h"
#include "survey/question_differences.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

constexpr std::size_t unused = static_cast<std::size_t>(-1);

// Appends `text` to `all` unless it is empty or there already.
void joinOnce(std::vector<std::string>& all, const std::string& text) {
  if (!text.empty() && std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
}

using QuestionsById = std::unordered_map<std::string, Question>;

std::string nameOf(const Survey& survey) {
  return survey.name.empty() ? "the surveys to merge" : survey.name;
}

// Questions of one id as one, with the missing codes of all surveys. Throws Error with everything
// in which a survey's questions differ from earlier ones.
QuestionsById joinQuestions(const std::vector<Survey>& surveys) {
  QuestionsById joined;
  for (const Survey& survey : surveys) {
    std::vector<std::string> differences;
    for (const Question& question : survey.questions) {
      const auto [known, isNew] = joined.emplace(question.id, question);
      if (isNew) continue;
      const std::string difference = questionDifference(known->second, question);
      if (!difference.empty()) {
        differences.push_back(fmt::format("{}: {}", question.id, difference));
      }
      known->second = joinedQuestion(known->second, question);
    }
    if (differences.empty()) continue;
    throw Error(fmt::format("{} from earlier ones with the same id: {}",
                            differences.size() == 1
                                ? "a question differs"
                                : fmt::format("{} questions differ", differences.size()),
                            listText(differences)),
                nameOf(survey), "give them different ids");
  }
  return joined;
}

void addAllOf(const Survey& survey, const QuestionsById& joined, SurveyBuilder& builder) {
  const std::string where = nameOf(survey);
  std::vector<std::size_t> questions;
  for (const Question& question : survey.questions) {
    questions.push_back(builder.findOrAddQuestion(joined.at(question.id), where));
  }
  std::vector<std::size_t> populations;
  for (const Population& population : survey.populations) {
    populations.push_back(builder.findOrAddPopulation(population, where));
  }
  for (Item item : survey.items) {
    item.question = questions.at(item.question);
    item.population = populations.at(item.population);
    builder.addItem(std::move(item), where);
  }
}

// Which items are wanted, by index.
std::vector<bool> wantedItems(const Survey& survey, const std::vector<std::size_t>& items) {
  std::vector<bool> wanted(survey.items.size(), false);
  for (const std::size_t item : items) {
    if (item >= wanted.size()) throw Error(fmt::format("there is no item with index {}", item));
    if (wanted[item]) throw Error(fmt::format("the item with index {} is selected twice", item));
    wanted[item] = true;
  }
  return wanted;
}

// Keeps the elements that are used, in order; `places` is changed from marks (anything but
// `unused`) to the new indices.
template <typename T>
std::vector<T> keepUsed(const std::vector<T>& all, std::vector<std::size_t>& places) {
  std::vector<T> kept;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (places[i] == unused) continue;
    places[i] = kept.size();
    kept.push_back(all[i]);
  }
  return kept;
}

}  // namespace

std::vector<std::string> labelsOf(const Question& question) {
  std::vector<std::string> labels;
  for (const Option& option : question.options) labels.push_back(option.label);
  return labels;
}

std::vector<double> intervalValues(const Question& question) {
  std::vector<double> values;
  if (question.scale != Scale::interval) return values;
  for (const Option& option : question.options) values.push_back(option.value.value_or(0.0));
  return values;
}

const char* scaleName(Scale scale) {
  switch (scale) {
    case Scale::nominal:
      return "nominal";
    case Scale::ordinal:
      return "ordinal";
    case Scale::interval:
      return "interval";
  }
  throw Error("a scale is neither nominal, ordinal nor interval");
}

Scale parseScale(std::string_view name, const std::string& where) {
  for (const Scale scale : {Scale::nominal, Scale::ordinal, Scale::interval}) {
    if (name == scaleName(scale)) return scale;
  }
  throw Error(fmt::format("there is no scale \"{}\"", name), where,
              "a scale is nominal, ordinal or interval");
}

void checkSurvey(const Survey& survey, const std::string& where) {
  SurveyBuilder builder;
  for (const Question& question : survey.questions) builder.addQuestion(question, where);
  for (const Population& population : survey.populations) builder.addPopulation(population, where);
  for (const Item& item : survey.items) builder.addItem(item, where);
}

Survey mergeSurveys(const std::vector<Survey>& surveys) {
  if (surveys.empty()) throw Error("there is no survey to merge");
  for (const Survey& survey : surveys) {
    if (survey.language != surveys.front().language) {
      throw Error(fmt::format("surveys in \"{}\" and \"{}\" cannot be merged",
                              surveys.front().language, survey.language),
                  survey.name, "merge surveys of one language only");
    }
    checkSurvey(survey, survey.name);
  }
  const QuestionsById joined = joinQuestions(surveys);
  SurveyBuilder builder;
  std::vector<std::string> names;
  std::vector<std::string> sources;
  std::vector<std::string> weightings;
  for (const Survey& survey : surveys) {
    addAllOf(survey, joined, builder);
    joinOnce(names, survey.name);
    joinOnce(sources, survey.source);
    joinOnce(weightings, survey.weighting);
  }
  Survey merged = builder.finish();
  merged.name = fmt::format("{}", fmt::join(names, " + "));
  merged.source = fmt::format("{}", fmt::join(sources, "; "));
  merged.language = surveys.front().language;
  merged.weighting = fmt::format("{}", fmt::join(weightings, "; "));
  return merged;
}

Survey selectItems(const Survey& survey, const std::vector<std::size_t>& items) {
  const std::vector<bool> wanted = wantedItems(survey, items);
  std::vector<std::size_t> questions(survey.questions.size(), unused);
  std::vector<std::size_t> populations(survey.populations.size(), unused);
  for (const std::size_t item : items) {
    questions[survey.items[item].question] = 0;
    populations[survey.items[item].population] = 0;
  }
  Survey selected{survey.name, survey.source, survey.language, {}, {}, {}, survey.weighting};
  selected.questions = keepUsed(survey.questions, questions);
  selected.populations = keepUsed(survey.populations, populations);
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    if (!wanted[i]) continue;
    Item& item = selected.items.emplace_back(survey.items[i]);
    item.question = questions[item.question];
    item.population = populations[item.population];
  }
  return selected;
}

SurveyIndex::SurveyIndex(const Survey& survey) : populationCount_(survey.populations.size()) {
  for (std::size_t i = 0; i < survey.questions.size(); ++i) questions_[survey.questions[i].id] = i;
  for (std::size_t i = 0; i < populationCount_; ++i) populations_[survey.populations[i].id] = i;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    items_[survey.items[i].question * populationCount_ + survey.items[i].population] = i;
  }
}

namespace {

template <typename Key>
std::optional<std::size_t> lookUp(const std::unordered_map<Key, std::size_t>& indices,
                                  const Key& key) {
  const auto found = indices.find(key);
  if (found == indices.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::optional<std::size_t> SurveyIndex::question(const std::string& id) const {
  return lookUp(questions_, id);
}

std::optional<std::size_t> SurveyIndex::population(const std::string& id) const {
  return lookUp(populations_, id);
}

std::optional<std::size_t> SurveyIndex::item(std::size_t question, std::size_t population) const {
  if (population >= populationCount_) return std::nullopt;
  return lookUp(items_, question * populationCount_ + population);
}

std::optional<std::size_t> SurveyIndex::item(const std::string& questionId,
                                             const std::string& populationId) const {
  const auto asked = question(questionId);
  const auto of = population(populationId);
  return asked && of ? item(*asked, *of) : std::nullopt;
}

}  // namespace canvass
