#include <map>
#include <set>
#include <utility>

#include "pooling/stacking.h"
#include "survey/item_set.h"

namespace canvass {
namespace {

// The items of predictions as a survey, each once.
class ItemCollector {
 public:
  explicit ItemCollector(const std::vector<const Survey*>& known) {
    for (const Survey* survey : known) {
      for (const Question& question : survey->questions) questions_.emplace(question.id, question);
      for (const Population& population : survey->populations) {
        populations_.emplace(population.id, population);
      }
    }
  }

  void add(const Prediction& prediction) {
    if (!seen_.emplace(prediction.question, prediction.population).second) return;
    result_.items.push_back(
        {placeOfQuestion(prediction), placeOfPopulation(prediction), {}, {}, {}});
  }

  Survey take() { return std::move(result_); }

 private:
  std::size_t placeOfQuestion(const Prediction& prediction) {
    const auto [place, isNew] =
        questionPlaces_.emplace(prediction.question, result_.questions.size());
    if (isNew) {
      Question onlyLabels;
      onlyLabels.id = prediction.question;
      for (const std::string& label : prediction.labels)
        onlyLabels.options.push_back({label, {}, {}});
      result_.questions.push_back(
          questions_.emplace(prediction.question, std::move(onlyLabels)).first->second);
    }
    return place->second;
  }

  std::size_t placeOfPopulation(const Prediction& prediction) {
    const std::string& id = prediction.population;
    const auto [place, isNew] = populationPlaces_.emplace(id, result_.populations.size());
    if (isNew) {
      result_.populations.push_back(
          populations_.emplace(id, Population{id, id, id, {}}).first->second);
    }
    return place->second;
  }

  std::map<std::string, Question> questions_;
  std::map<std::string, Population> populations_;
  std::map<std::string, std::size_t> questionPlaces_;
  std::map<std::string, std::size_t> populationPlaces_;
  std::set<ItemId> seen_;
  Survey result_;
};

}  // namespace

Survey itemsToCombine(const std::vector<NamedPredictions>& inputs, const Survey& validation,
                      const std::vector<const Survey*>& known) {
  const ItemSet fittedOn(validation);
  ItemCollector collector(known);
  for (const NamedPredictions& input : inputs) {
    for (const Prediction& prediction : input.predictions.predictions) {
      if (fittedOn.contains(prediction.question, prediction.population)) continue;
      collector.add(prediction);
    }
  }
  return collector.take();
}

}  // namespace canvass
