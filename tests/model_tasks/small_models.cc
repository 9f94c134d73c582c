#include "model_tasks/small_models.h"

#include <fmt/format.h>

#include "engine/new_model.h"
#include "model_tasks/training_run.h"

namespace canvass::test {

Survey drinksSurvey() {
  Survey survey;
  survey.name = "drinks";
  const char* const countries[] = {"Japan", "Peru",  "Kenya",  "Egypt",
                                   "Chile", "India", "Serbia", "Iran"};
  for (const char* country : countries) {
    survey.populations.push_back(
        {country, country, fmt::format("someone from {}", country), {{"country", country}}});
  }
  const char* const drinks[] = {"tea", "coffee", "milk", "water", "juice", "wine"};
  for (std::size_t q = 0; q < std::size(drinks); ++q) {
    survey.questions.push_back({drinks[q],
                                fmt::format("How often do you drink {}?", drinks[q]),
                                "drinks",
                                {{"A", "Often", {}}, {"B", "Rarely", {}}, {"C", "Never", {}}},
                                Scale::ordinal,
                                {}});
    for (std::size_t p = 0; p < std::size(countries); ++p) {
      const double often = 0.1 + 0.05 * static_cast<double>((3 * q + 5 * p) % 13);
      survey.items.push_back({q, p, Distribution{often, 0.9 - often, 0.1}, 1000.0, {}});
    }
  }
  return survey;
}

std::filesystem::path encoderFolder() {
  return sourceFolder() / "tests" / "golden" / "encoders" / "bert";
}

const std::filesystem::path& newModelFolder() {
  static const TemporaryFolder folder;
  static const std::filesystem::path model = [] {
    auto made = folder.path() / "model";
    createModel(drinksSurvey(), findModelSize("tiny"), 1, made);
    return made;
  }();
  return model;
}

const std::filesystem::path& scorerFolder() {
  static const TemporaryFolder folder;
  static const std::filesystem::path scorer = [] {
    TrainingChoice choice;
    choice.model.model = openModel(encoderFolder());
    choice.epochs = 5;
    choice.output = folder.path() / "scorer";
    TrainingRun(planTraining(choice)).train(drinksSurvey(), nullptr);
    return choice.output;
  }();
  return scorer;
}

}  // namespace canvass::test
