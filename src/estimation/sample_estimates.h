#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "estimation/rectified_mean.h"
#include "estimation/shrinkage.h"
#include "predictions/prediction_match.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// What a small sample of real respondents and a model's predictions say in combination.

struct ItemEstimate {
  std::size_t item;  // index into the sample's items
  SampledItem sampled;
  ShareIntervals shrunk;
};

struct QuestionEstimate {
  std::size_t question;         // index into the sample's questions
  std::size_t populations;      // N, that have a prediction
  std::size_t interviewed;      // L, that have respondents as well
  RectifiedMean mean;           // over the N populations
  Distribution meanPrediction;  // over the N
};

// What a model is worth for items that have respondents.
struct PriorFit {
  MixturePrior prior;
  MixturePrior even;             // as if there were no model
  double interviewsSaved;        // per item, by the prior
  double interviewsSavedEvenly;  // by the even prior

  // By the model, beyond what any shrinking saves.
  double savedByModel() const { return interviewsSaved - interviewsSavedEvenly; }
};

PriorFit fitPriors(const std::vector<SampledItem>& items);

struct SampleEstimates {
  PriorFit prior;
  std::vector<ItemEstimate> items;          // in the sample's order
  std::vector<QuestionEstimate> questions;  // if 2 populations or more were interviewed
  std::vector<Skipped> skipped;             // items of the sample that are not part of any of this
};

// All predictions of a survey's questions in the order of their options, for lookup by item.
class PredictedTable {
 public:
  // Questions are those of `known`; predictions of others are ignored.
  PredictedTable(const Predictions& predictions, const Survey& known);

  struct Row {
    std::vector<std::string> populations;  // ids
    std::vector<Distribution> predicted;   // of each

    std::optional<std::size_t> find(const std::string& population) const;
  };
  const Row& ofQuestion(std::size_t question) const { return rows_[question]; }

 private:
  std::vector<Row> rows_;  // by question of `known`
};

// The number of respondents that an item's shares are worth: n_eff, else n; nothing if neither is
// known.
std::optional<double> effectiveRespondents(const Item& item);

// Items of the sample need shares, a prediction and n_eff or n (more than 1 for a question's mean);
// the others are skipped with the reason. Throws Error if too few are left to fit a prior.
SampleEstimates estimateFromSample(const Survey& sample, const Predictions& predictions);

}  // namespace canvass
