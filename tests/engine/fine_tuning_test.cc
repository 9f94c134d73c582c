// What was trained is what is loaded again, in either form.
#include "engine/training/fine_tuning.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "engine/scoring/scorer.h"
#include "engine/small_world.h"
#include "engine/training/first_token_training.h"
#include "model/decoder.h"

namespace canvass {
namespace {

class FineTuned : public ::testing::TestWithParam<bool> {
 protected:
  FineTuned() {
    base.model = openModel(folder.folder());
    base.precision = PrecisionChoice::float32;
    if (GetParam()) {
      fineTuning.adapter = AdapterConfig{};
      fineTuning.adapter->targets = {"q_proj", "down_proj"};
      fineTuning.adapter->dropout = 0.5;  // must not act on predictions
    }
  }

  Predictions ask(const LanguageModel& model) const {
    Progress progress;
    return predict(model, survey, {findTemplate("paper")}, progress);
  }
  static double difference(const Predictions& a, const Predictions& b) {
    double greatest = 0.0;
    for (std::size_t i = 0; i < a.predictions.size(); ++i) {
      for (std::size_t k = 0; k < a.predictions[i].logits.size(); ++k) {
        greatest = std::max(
            greatest, std::abs(a.predictions[i].logits[k] - b.predictions.at(i).logits.at(k)));
      }
    }
    return greatest;
  }

  const Survey survey = test::smallSurvey();
  const test::SmallModel folder{survey};
  ModelOptions base;
  FineTuning fineTuning;
};

INSTANTIATE_TEST_SUITE_P(Forms, FineTuned, ::testing::Bool(), [](const auto& adapted) {
  return std::string(adapted.param ? "adapter" : "all_weights");
});

TEST_P(FineTuned, ComesBackAsItWasSaved) {
  const Predictions before = ask(LanguageModel(base));
  LanguageModel model = loadForFineTuning(base, fineTuning, 1);
  EXPECT_LT(difference(ask(model), before), 1e-4);  // nothing is trained yet
  TrainOptions options{.asking = findTemplate("paper")};
  options.epochs = 2;
  options.learningRate = 3e-3;
  Progress progress;
  train(model, survey, nullptr, options, progress);
  const Predictions trained = ask(model);
  EXPECT_GT(difference(trained, before), 1e-2);

  const test::TemporaryFolder saved;
  saveFineTuned(model, fineTuning, saved.path());
  ModelOptions again = base;
  (GetParam() ? again.adapter : again.model) = openModel(saved.path());
  EXPECT_LT(difference(ask(LanguageModel(again)), trained), 1e-4);
  EXPECT_EQ(difference(ask(LanguageModel(base)), before), 0.0);  // the base is as it was
}

TEST_P(FineTuned, OnlyWhatItChangesRecordsGradients) {
  const LanguageModel model = loadForFineTuning(base, fineTuning, 1);
  std::size_t trained = 0;
  for (const auto& [name, tensor] : model.decoder->parameters()) {
    const bool isAdapter = name.find(".lora_") != std::string::npos;
    EXPECT_EQ(tensor.requires_grad(), isAdapter || !GetParam()) << name;
    trained += tensor.requires_grad() ? 1 : 0;
  }
  EXPECT_EQ(trained, GetParam() ? 2U * 2U * 2U : 3U + 2U * 9U);
}

}  // namespace
}  // namespace canvass
