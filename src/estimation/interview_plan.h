#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// How to spend a budget on the interviews of a new question: in how many populations, and how many
// in each, if predictions of all of them are combined with the answers. What predictions are worth
// is learned from questions that were observed. Formulas are in docs/combining.md.

struct InterviewCosts {
  double budget = 0.0;                          // in the price of an interview
  double perPopulation = 0.0;                   // of entering one, in the same
  std::optional<std::size_t> populations = {};  // to be estimated; those of the survey by default
};

// Summed over options, averaged over questions; of shares, so at most about 1.
struct QuestionVariances {
  double sampling = 0.0;   // of one respondent, within a population
  double between = 0.0;    // of shares between populations, the survey's sampling taken out
  double left = 0.0;       // of that, what predictions leave in means (rectified_mean.h)
  double itemError = 0.0;  // mean squared error of predictions of a population, likewise
  double meanError = 0.0;  // of their mean over populations
  double options = 0.0;    // of a question, mean
  std::size_t questions = 0;
};

// Expected root mean square errors of a share.
struct InterviewPlan {
  std::size_t populations = 0;  // interviewed, drawn at random
  std::size_t respondents = 0;  // in each
  // Of the mean over all populations: from interviews alone, and rectified with predictions.
  double meanOfSample = 0.0;
  double meanWithPredictions = 0.0;
  // Of each population's shares: those interviewed shrunk to their prediction, others as predicted.
  double eachWithPredictions = 0.0;
  std::optional<double> eachOfSample = {};  // if all are interviewed
};

struct InterviewPlans {
  QuestionVariances variances;
  std::vector<InterviewPlan> plans;  // from the fewest populations to the most
  std::size_t bestForMean = 0;       // indices
  std::size_t bestForEach = 0;
  double meanOfPredictions = 0.0;  // without any interview
  double eachOfPredictions = 0.0;
};

// Of all numbers of populations from 2 on for which the budget pays two respondents in each. Throws
// Error if it pays for none, or if fewer than 3 questions have 5 predicted populations.
InterviewPlans planInterviews(const Survey& observed, const Predictions& predictions,
                              const InterviewCosts& costs);

}  // namespace canvass
