#include "estimation/estimate_file.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "survey/jsonl.h"

namespace canvass {
namespace {

void putIntervals(const ShareIntervals& intervals, Json& object) {
  object["estimate"] = intervals.estimate;
  object["lower"] = intervals.lower;
  object["upper"] = intervals.upper;
}

Json itemToJson(const ItemEstimate& estimate, const Survey& sample) {
  const Item& item = sample.items[estimate.item];
  Json object{
      {"question", sample.questionOf(item).id},      {"population", sample.populationOf(item).id},
      {"labels", labelsOf(sample.questionOf(item))}, {"respondents", estimate.sampled.respondents},
      {"sample", estimate.sampled.shares},           {"predicted", estimate.sampled.predicted}};
  putIntervals(estimate.shrunk, object);
  return {{"item", std::move(object)}};
}

Json questionToJson(const QuestionEstimate& estimate, const Survey& sample) {
  const Question& question = sample.questions[estimate.question];
  Json object{{"question", question.id},
              {"labels", labelsOf(question)},
              {"populations", estimate.populations},
              {"interviewed", estimate.interviewed},
              {"weight", estimate.mean.weight},
              {"gain", estimate.mean.gain},
              {"sample", estimate.mean.sample.estimate},
              {"predicted", estimate.meanPrediction}};
  putIntervals(estimate.mean.mean, object);
  return {{"mean", std::move(object)}};
}

}  // namespace

Json priorToJson(const PriorFit& fit) {
  Json components = Json::array();
  for (std::size_t j = 0; j < fit.prior.components.size(); ++j) {
    if (fit.prior.weights[j] < 1e-6) continue;
    components.push_back({{"strength", fit.prior.components[j].strength},
                          {"model_share", fit.prior.components[j].modelShare},
                          {"weight", fit.prior.weights[j]}});
  }
  return {{"components", std::move(components)},
          {"interviews_saved", fit.interviewsSaved},
          {"interviews_saved_by_model", fit.savedByModel()},
          {"log_likelihood", fit.prior.logLikelihood},
          {"log_likelihood_without_model", fit.even.logLikelihood}};
}

void writeEstimates(const SampleEstimates& estimates, const Survey& sample,
                    const std::filesystem::path& path) {
  AtomicFile file(path);
  Json header = makeHeader({"estimates", 1});
  header["level"] = 0.95;
  header["prior"] = priorToJson(estimates.prior);
  file.write(std::string_view(jsonLine(header)));
  for (const ItemEstimate& item : estimates.items) {
    file.write(std::string_view(jsonLine(itemToJson(item, sample))));
  }
  for (const QuestionEstimate& question : estimates.questions) {
    file.write(std::string_view(jsonLine(questionToJson(question, sample))));
  }
  file.commit();
}

}  // namespace canvass
