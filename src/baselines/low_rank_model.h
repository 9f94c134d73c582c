#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "baselines/answered_cells.h"
#include "survey/distribution.h"

namespace canvass {

struct LowRankSettings {
  std::size_t rank = 10;  // at least 1
  double ridge = 4.0;     // penalty on the squares of all factors, above 0
};

// Completes a table of populations x questions: the log shares of a population differ from the mean
// over populations by the product of a few numbers of the population and as many of each option.
//
//   ln(share + 0.002), centered over a question's options = option mean + u_population . v_option
//
// u and v are fitted by alternating ridge regressions over the answered cells (Zhou et al. 2008,
// Large-scale Parallel Collaborative Filtering); the prediction is the softmax of the right side.
class LowRankModel {
 public:
  // The same cells, settings and seed give the same model.
  LowRankModel(const AnsweredCells& cells, const LowRankSettings& settings, std::uint64_t seed);

  LowRankModel(const LowRankModel&) = delete;
  LowRankModel& operator=(const LowRankModel&) = delete;

  // Empty if no cell has the population, or none the question.
  Distribution predict(std::size_t population, std::size_t question) const;

 private:
  using Vector = std::vector<double>;

  // What is left of a cell's centered log shares without the option means.
  struct Residual {
    std::size_t population;
    std::size_t question;
    Vector values;
  };

  void subtractMeans();
  void updatePopulations(double ridge);
  void updateOptions(double ridge);

  std::vector<Residual> cells_;
  std::vector<std::vector<const Residual*>> ofPopulation_;
  std::vector<std::vector<const Residual*>> ofQuestion_;
  std::vector<Vector> means_;                 // by question, of its options
  std::vector<Vector> populations_;           // u by population
  std::vector<std::vector<Vector>> options_;  // v by question and option
};

}  // namespace canvass
