#pragma once

#include <cstddef>
#include <vector>

#include "opinions/answers.h"
#include "opinions/estimate.h"

namespace canvass {

// How similar the opinions of one population are to what a model answers if no population is
// named. All are means of 1 - Jensen-Shannon distance (jsSimilarity) over the questions that the
// population and the model answered: the similarity of GlobalOpinionQA (Durmus et al. 2023, arXiv
// 2306.16388).
struct PopulationSimilarity {
  std::size_t population = 0;  // index into Survey::populations
  QuestionMean similarity;     // to the model's answers
  // What distinguishes a leaning from a position near the middle: a model that answers what people
  // answer on average is most similar to the populations that are.
  QuestionMean othersMean;  // to the unweighted mean of the other populations' answers
  QuestionMean difference;  // similarity minus othersMean, over the questions that have both
  QuestionMean uniform;     // to every option alike
};

// From the most similar population to the least; ties in the survey's order. Populations that
// answered none of the model's questions are left out.
std::vector<PopulationSimilarity> similarPopulations(const Survey& survey,
                                                     const DefaultAnswers& answers,
                                                     const BootstrapOptions& options = {});

}  // namespace canvass
