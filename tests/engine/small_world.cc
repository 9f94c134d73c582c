#include "engine/small_world.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "engine/new_model.h"
#include "engine/scoring/scorer.h"
#include "model/decoder.h"
#include "model/load.h"
#include "model/stored_tensors.h"
#include "model_files/safetensors.h"
#include "stats/metrics.h"

namespace canvass::test {
namespace {

Question makeQuestion(const std::string& id, std::size_t options, Scale scale) {
  Question question{id, fmt::format("How much do you care about {}?", id), "care", {}, scale, {}};
  const char* const texts[] = {"Very much", "Rather", "Somewhat", "Hardly", "Not at all"};
  for (std::size_t k = 0; k < options; ++k) {
    question.options.push_back({std::string(1, static_cast<char>('A' + k)), texts[k], {}});
  }
  return question;
}

// Most of the answers on one option, which question and population decide.
Distribution peakedAt(std::size_t peak, std::size_t options) {
  Distribution shares(options, 0.3 / static_cast<double>(options));
  shares[peak % options] += 0.7;
  return shares;
}

void scaleHead(const std::filesystem::path& folder, double factor) {
  std::map<std::string, at::Tensor> tensors;
  const SafetensorsFile file(*openModel(folder), "model.safetensors");
  for (const auto& [name, stored] : file.tensors()) {
    tensors[name] = toTensor(stored, at::kFloat);
  }
  tensors.at("lm_head.weight").mul_(factor);
  std::map<std::string, StoredTensor> scaled;
  for (const auto& [name, tensor] : tensors) scaled[name] = toStored(tensor);
  writeSafetensors(folder / "model.safetensors", scaled);
}

}  // namespace

Survey smallSurvey() {
  Survey survey;
  survey.name = "small";
  const char* const subjects[] = {"work", "music", "rivers", "chess"};
  for (std::size_t q = 0; q < std::size(subjects); ++q) {
    survey.questions.push_back(makeQuestion(subjects[q], q + 2, Scale::ordinal));
  }
  survey.questions.push_back(makeQuestion("colours", 3, Scale::nominal));
  for (const char* name : {"Japan", "Peru", "Kenya", "Egypt"}) {
    survey.populations.push_back({name, name, fmt::format("someone from {}", name), {}});
  }
  for (std::size_t q = 0; q < survey.questions.size(); ++q) {
    for (std::size_t p = 0; p < survey.populations.size(); ++p) {
      survey.items.push_back(
          {q, p, peakedAt(q + p, survey.questions[q].options.size()), 100.0, {}});
    }
  }
  return survey;
}

SmallModel::SmallModel(const Survey& survey, double headScale) {
  createModel(survey, findModelSize("tiny"), 3, folder_.path());
  scaleHead(folder_.path(), headScale);
}

LanguageModel SmallModel::load(bool trainable) const {
  ModelOptions options;
  options.model = openModel(folder());
  options.precision = PrecisionChoice::float32;
  options.trainable = trainable;
  return LanguageModel(options);
}

Weights weightsOf(const LanguageModel& model, bool onlyTrained) {
  Weights weights;
  for (const auto& [name, tensor] : model.decoder->parameters()) {
    if (tensor.requires_grad() || !onlyTrained) weights[name] = tensor.detach().clone();
  }
  return weights;
}

double difference(const Weights& a, const Weights& b) {
  EXPECT_EQ(a.size(), b.size());
  double greatest = 0.0;
  for (const auto& [name, tensor] : a) {
    greatest = std::max(greatest, (tensor - b.at(name)).abs().max().item<double>());
  }
  return greatest;
}

double meanDivergence(const LanguageModel& model, const Survey& survey) {
  Progress progress;
  const Predictions result = predict(model, survey, {findTemplate("paper")}, progress);
  double sum = 0.0;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    sum += kl(*survey.items[i].observed, result.predictions[i].probabilities);
  }
  return sum / static_cast<double>(survey.items.size());
}

}  // namespace canvass::test
