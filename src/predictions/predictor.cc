#include "predictions/predictor.h"

#include <map>
#include <utility>

namespace canvass {

Predictions predictAll(const Predictor& predictor, const Survey& survey, Progress& progress) {
  std::map<ItemId, Prediction> made;
  const auto keep = [&made](const std::vector<Prediction>& some) {
    for (const Prediction& one : some) made[idOf(one)] = one;
  };
  predictor.predict(survey, keep, progress);
  Predictions all;
  static_cast<PredictionSource&>(all) = predictor.source();
  for (const Item& item : survey.items) {
    const auto found = made.find(idOf(survey, item));
    if (found != made.end()) all.predictions.push_back(std::move(found->second));
  }
  return all;
}

}  // namespace canvass
