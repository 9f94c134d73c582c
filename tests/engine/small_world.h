#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <string>

#include "base/progress.h"
#include "engine/language_model.h"
#include "support/test_support.h"
#include "survey/survey.h"

namespace canvass::test {

// Four ordinal questions of 2 to 5 options, a nominal one, and four populations; every pair is an
// item whose shares differ from all others'.
Survey smallSurvey();

// A new "tiny" model for that survey, in a folder of its own. A larger head than a new model's
// makes answers that are far from even and differ between prompts.
class SmallModel {
 public:
  explicit SmallModel(const Survey& survey = smallSurvey(), double headScale = 1.0);

  const std::filesystem::path& folder() const { return folder_.path(); }
  LanguageModel load(bool trainable = false) const;

 private:
  TemporaryFolder folder_;
};

using Weights = std::map<std::string, at::Tensor>;

// Copies of the model's parameters, or only of those that record gradients.
Weights weightsOf(const LanguageModel& model, bool onlyTrained = true);
// The greatest difference of any weight; 0 where all are equal.
double difference(const Weights& a, const Weights& b);

// The mean KL divergence from the observed to the predicted shares ("paper" template), by way of
// the scorer and src/stats.
double meanDivergence(const LanguageModel& model, const Survey& survey);

// Asks to stop after a number of updates of work done; 0: at once.
class StopAfter : public Progress {
 public:
  explicit StopAfter(std::size_t updates) : updates_(updates) {}
  void update(std::size_t done, std::size_t, const std::string&) override {
    if (done > 0) ++seen_;
  }
  bool stopRequested() const override { return seen_ >= updates_; }

 private:
  std::size_t updates_;
  std::size_t seen_ = 0;
};

}  // namespace canvass::test
