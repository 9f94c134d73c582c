#include "predictions/predictor.h"

#include <map>
#include <utility>

namespace canvass {

Predictions predictAll(const Predictor& predictor, const Survey& survey, Progress& progress) {
  std::map<std::pair<std::string, std::string>, Prediction> made;
  const auto keep = [&made](const std::vector<Prediction>& some) {
    for (const Prediction& one : some) made[{one.question, one.population}] = one;
  };
  predictor.predict(survey, keep, progress);
  Predictions all;
  static_cast<PredictionSource&>(all) = predictor.source();
  for (const Item& item : survey.items) {
    const auto found = made.find({survey.questionOf(item).id, survey.populationOf(item).id});
    if (found != made.end()) all.predictions.push_back(std::move(found->second));
  }
  return all;
}

}  // namespace canvass
