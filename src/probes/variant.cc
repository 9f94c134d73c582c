#include "probes/variant.h"

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "base/error.h"

namespace canvass {
namespace {

// Moves values[position] to the position of its option in the original question.
std::vector<double> reordered(const std::vector<double>& values,
                              const std::vector<std::size_t>& optionAt) {
  std::vector<double> result(values.size());
  for (std::size_t place = 0; place < values.size(); ++place) {
    result[optionAt[place]] = values[place];
  }
  return result;
}

}  // namespace

Variant unchanged(const Survey& survey, const std::string& name) {
  Variant variant{name, survey, {}};
  for (Item& item : variant.survey.items) item.observed.reset();
  for (const Question& question : survey.questions) {
    auto& places = variant.optionAt.emplace_back(question.options.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
  }
  return variant;
}

Predictions inOriginalOrder(const Variant& variant, const Survey& original,
                            const Predictions& predictions) {
  const SurveyIndex asked(variant.survey);
  const SurveyIndex index(original);
  Predictions result = predictions;
  for (Prediction& prediction : result.predictions) {
    const auto question = asked.question(prediction.question);
    const auto originalQuestion = index.question(prediction.question);
    if (!question || !originalQuestion ||
        prediction.probabilities.size() != variant.optionAt[*question].size()) {
      throw Error(fmt::format("question {} was not asked in the variant \"{}\"",
                              prediction.question, variant.name));
    }
    const auto& optionAt = variant.optionAt[*question];
    prediction.probabilities = reordered(prediction.probabilities, optionAt);
    if (!prediction.logits.empty()) prediction.logits = reordered(prediction.logits, optionAt);
    prediction.labels = labelsOf(original.questions[*originalQuestion]);
  }
  return result;
}

}  // namespace canvass
