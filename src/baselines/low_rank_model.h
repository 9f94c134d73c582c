#pragma once

#include <cstddef>
#include <cstdint>

#include "baselines/answered_cells.h"
#include "baselines/low_rank_table.h"
#include "survey/distribution.h"

namespace canvass {

// Completes a table of populations x questions: the log shares of a population differ from the mean
// over populations by the product of a few numbers of the population and as many of each option.
//
//   ln(share + 0.002), centered over a question's options = option mean + u_population . v_option
//
// (LowRankTable); the prediction is the softmax of the right side.
class LowRankModel {
 public:
  // The same cells, settings and seed give the same model.
  LowRankModel(const AnsweredCells& cells, const LowRankSettings& settings, std::uint64_t seed);

  // Empty if no cell has the population, or none the question.
  Distribution predict(std::size_t population, std::size_t question) const;

 private:
  LowRankTable table_;
};

}  // namespace canvass
