#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/progress.h"
#include "predictions/predictor.h"
#include "survey/survey.h"

namespace canvass {

// Every simple predictor, in one table. A model's score means little without theirs.

// The options of a baseline; what is not set is the baseline's own choice.
struct BaselineOptions {
  std::optional<std::size_t> neighbors = {};      // that nearest_populations averages, at least 1
  std::optional<std::uint64_t> respondents = {};  // that respondents draws for each item
  std::optional<std::uint64_t> seed = {};         // of what is drawn; 0 if not set
};

// What a baseline does with training items.
enum class TrainingUse { none, optional, required };

struct Baseline {
  std::string_view id;  // its key in JSON; "baseline:" + id is the model of its predictions
  std::string_view title;
  std::string_view summary;
  TrainingUse training = TrainingUse::none;
  bool inEveryEvaluation = false;
  bool takesNeighbors = false;
  bool takesRespondents = false;
  bool takesSeed = false;
  // Reports what it chose itself through Progress::message.
  Predictions (*predict)(const Survey& training, const Survey& items, const BaselineOptions&,
                         Progress&) = nullptr;
};

// From the simplest to the best informed, then the controls that know real answers.
std::span<const Baseline> baselines();

// By its id, also with - instead of _, or by its name in version 0.1. Throws Error with the ids
// that may have been meant.
const Baseline& findBaseline(std::string_view name);

// The model or input "baseline:low-rank" as it is written today, "baseline:low_rank"; any other
// name unchanged.
std::string currentSourceName(const std::string& name);

// Those of the options that the baseline takes.
BaselineOptions takenOptions(const Baseline& baseline, const BaselineOptions& options);

// `training` may be null and must outlive the predictor. Throws Error if the baseline requires
// training items and there are none, if it has no use for those given, and for an option that it
// does not take.
std::unique_ptr<Predictor> makeBaseline(const Baseline& baseline, const Survey* training,
                                        const BaselineOptions& options = {});

// The predictions of a baseline that an evaluation shows: with the training items and options that
// it has a use for.
Predictions predictForEvaluation(const Baseline& baseline, const Survey* training,
                                 const Survey& items, const BaselineOptions& options);

}  // namespace canvass
