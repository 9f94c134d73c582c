#pragma once

#include <cstddef>
#include <memory>

#include "baselines/answered_cells.h"

namespace canvass {

struct BestLinearSettings {
  // How far covariances between populations are shrunk towards 0, above 0 and up to 1.
  double shrinkage = 0.1;
};

// Predicts a population's answer to a question from the answers of all other populations to it,
// each with the weight that the covariance between populations gives it: best linear prediction,
// known in geostatistics as simple kriging.
//
//   sqrt(share) of an option = its mean over populations + a vector over populations ~ N(0, C)
//
// The square root makes distances between distributions those of Hellinger, which the
// Jensen-Shannon distance follows closely. The options of all questions are draws from the one N(0,
// C), and C is fitted to those cells that are answered by expectation and maximization (Dempster,
// Laird & Rubin 1977); after each step covariances are multiplied by 1 - shrinkage. The shares
// predicted are the squares of the conditional expectations, divided by their sum.
class BestLinearModel {
 public:
  // The same cells and settings give the same model.
  BestLinearModel(const AnsweredCells& cells, const BestLinearSettings& settings);
  ~BestLinearModel();
  BestLinearModel(const BestLinearModel&) = delete;
  BestLinearModel& operator=(const BestLinearModel&) = delete;

  // From the answers of other populations to the question; the population's own is not among them.
  // Empty if no cell has the population, or no other population the question.
  Distribution predict(std::size_t population, std::size_t question) const;

 private:
  struct Table;
  std::unique_ptr<const Table> table_;
};

}  // namespace canvass
