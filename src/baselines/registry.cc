#include "baselines/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/error.h"
#include "baselines/baselines.h"
#include "baselines/best_linear_baseline.h"
#include "baselines/control_predictors.h"
#include "baselines/last_wave.h"
#include "baselines/low_rank_baseline.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

Predictions uniform(const Survey& training, const Survey& items, const BaselineOptions&,
                    Progress&) {
  return predictUniform(training, items);
}

Predictions questionMean(const Survey& training, const Survey& items, const BaselineOptions&,
                         Progress&) {
  return predictQuestionMean(training, items);
}

Predictions nearestPopulations(const Survey& training, const Survey& items,
                               const BaselineOptions& options, Progress& progress) {
  if (options.neighbors) return predictNearestPopulations(training, items, *options.neighbors);
  const NeighborChoice choice = chooseNeighbors(training, items);
  progress.message(fmt::format(
      "{} neighbors, chosen by leaving out each of the training items (JS similarity {:.3f})",
      choice.neighbors, choice.similarity));
  return predictNearestPopulations(training, items, choice.neighbors);
}

Predictions lastWave(const Survey& training, const Survey& items, const BaselineOptions&,
                     Progress&) {
  return predictLastWave(training, items);
}

Predictions lowRank(const Survey& training, const Survey& items, const BaselineOptions& options,
                    Progress& progress) {
  LowRankBaselineOptions settings;
  settings.seed = options.seed.value_or(0);
  LowRankPredictions result = predictLowRank(training, items, settings);
  progress.message(
      fmt::format("rank {} and ridge {}, chosen by cross-validation on the training "
                  "items (JS similarity {:.3f})",
                  result.settings.rank, result.settings.ridge, result.similarity));
  return std::move(result.predictions);
}

Predictions bestLinear(const Survey& training, const Survey& items, const BaselineOptions& options,
                       Progress& progress) {
  BestLinearBaselineOptions settings;
  settings.seed = options.seed.value_or(0);
  BestLinearPredictions result = predictBestLinear(training, items, settings);
  progress.message(
      fmt::format("shrinkage {}, chosen by cross-validation on the training items "
                  "(JS similarity {:.3f})",
                  result.settings.shrinkage, result.similarity));
  return std::move(result.predictions);
}

Predictions respondents(const Survey&, const Survey& items, const BaselineOptions& options,
                        Progress&) {
  return predictRespondents(items, options.respondents.value_or(0), options.seed.value_or(0));
}

Predictions otherPopulation(const Survey& training, const Survey& items,
                            const BaselineOptions& options, Progress&) {
  return predictOtherPopulation({&training, &items}, items, options.seed.value_or(0));
}

constexpr std::array registered = {
    Baseline{.id = "uniform",
             .title = "uniform",
             .summary = "every option alike",
             .inEveryEvaluation = true,
             .predict = uniform},
    Baseline{.id = "question_mean",
             .title = "question mean",
             .summary = "mean of the other populations",
             .training = TrainingUse::required,
             .inEveryEvaluation = true,
             .predict = questionMean},
    Baseline{.id = "nearest_populations",
             .title = "nearest",
             .summary = "mean of the populations most alike",
             .training = TrainingUse::required,
             .inEveryEvaluation = true,
             .takesNeighbors = true,
             .predict = nearestPopulations},
    Baseline{.id = "last_wave",
             .title = "last wave",
             .summary = "what the same people answered in the wave before",
             .training = TrainingUse::optional,
             .predict = lastWave},
    Baseline{.id = "low_rank",
             .title = "low rank",
             .summary = "a completed table of populations x options",
             .training = TrainingUse::required,
             .takesSeed = true,
             .predict = lowRank},
    Baseline{.id = "best_linear",
             .title = "best linear",
             .summary = "all other populations, weighted by their covariance",
             .training = TrainingUse::required,
             .takesSeed = true,
             .predict = bestLinear},
    Baseline{.id = "respondents",
             .title = "respondents",
             .summary = "a sample of people from what was observed",
             .takesRespondents = true,
             .takesSeed = true,
             .predict = respondents},
    Baseline{.id = "other_population",
             .title = "other population",
             .summary = "what another population answered",
             .training = TrainingUse::optional,
             .takesSeed = true,
             .predict = otherPopulation},
};

std::string currentId(std::string_view name) {
  std::string id(name);
  std::ranges::replace(id, '-', '_');
  return id == "nearest" ? "nearest_populations" : id;
}

const Baseline* baselineWithId(std::string_view id) {
  const auto found = std::ranges::find(registered, id, &Baseline::id);
  return found == registered.end() ? nullptr : &*found;
}

[[noreturn]] void refuseOption(const Baseline& baseline, const char* option) {
  throw Error(fmt::format("{} does nothing for the baseline {}", option, baseline.id), {},
              "leave it out");
}

void checkOptions(const Baseline& baseline, const BaselineOptions& options) {
  if (options.neighbors && !baseline.takesNeighbors) refuseOption(baseline, "--neighbours");
  if (options.respondents && !baseline.takesRespondents) refuseOption(baseline, "--sample-size");
  if (options.seed && !baseline.takesSeed) refuseOption(baseline, "--seed");
}

class BaselinePredictor : public Predictor {
 public:
  BaselinePredictor(const Baseline& baseline, const Survey* training,
                    const BaselineOptions& options)
      : baseline_(baseline), training_(training), options_(options) {}

  PredictionSource source() const override {
    PredictionSource source;
    source.model = fmt::format("baseline:{}", baseline_.id);
    return source;
  }

  void predict(const Survey& survey, const PredictionSink& sink,
               Progress& progress) const override {
    const Survey noTraining;
    const Survey& training = training_ == nullptr ? noTraining : *training_;
    sink(baseline_.predict(training, survey, options_, progress).predictions);
  }

 private:
  const Baseline& baseline_;
  const Survey* training_;
  BaselineOptions options_;
};

}  // namespace

std::span<const Baseline> baselines() { return registered; }

const Baseline& findBaseline(std::string_view name) {
  const std::string id = currentId(name);
  if (const Baseline* const found = baselineWithId(id)) return *found;
  std::vector<std::string> ids;
  for (const Baseline& baseline : registered) ids.emplace_back(baseline.id);
  throw Error(fmt::format("there is no baseline \"{}\"", name), {}, choiceOf(id, ids));
}

std::string currentSourceName(const std::string& name) {
  constexpr std::string_view prefix = "baseline:";
  if (!name.starts_with(prefix)) return name;
  const std::string id = currentId(std::string_view(name).substr(prefix.size()));
  return baselineWithId(id) == nullptr ? name : std::string(prefix) + id;
}

BaselineOptions takenOptions(const Baseline& baseline, const BaselineOptions& options) {
  BaselineOptions taken;
  if (baseline.takesNeighbors) taken.neighbors = options.neighbors;
  if (baseline.takesRespondents) taken.respondents = options.respondents;
  if (baseline.takesSeed) taken.seed = options.seed;
  return taken;
}

std::unique_ptr<Predictor> makeBaseline(const Baseline& baseline, const Survey* training,
                                        const BaselineOptions& options) {
  if (training == nullptr && baseline.training == TrainingUse::required) {
    throw Error(fmt::format("the baseline {} learns from other items", baseline.id), {},
                "give them with --train");
  }
  if (training != nullptr && baseline.training == TrainingUse::none) {
    refuseOption(baseline, "--train");
  }
  checkOptions(baseline, options);
  return std::make_unique<BaselinePredictor>(baseline, training, options);
}

Predictions predictForEvaluation(const Baseline& baseline, const Survey* training,
                                 const Survey& items, const BaselineOptions& options) {
  const Survey* const used = baseline.training == TrainingUse::none ? nullptr : training;
  return predictAll(*makeBaseline(baseline, used, takenOptions(baseline, options)), items);
}

}  // namespace canvass
