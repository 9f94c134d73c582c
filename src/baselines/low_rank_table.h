#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace canvass {

struct LowRankSettings {
  std::size_t rank = 10;  // at least 1
  double ridge = 4.0;     // penalty on the squares of all factors, above 0
};

// Completes a table of populations x questions with a number for each option:
//
//   value = option mean + u_population . v_option
//
// u and v are fitted by alternating ridge regressions over the known cells (Zhou et al. 2008,
// Large-scale Parallel Collaborative Filtering).
class LowRankTable {
 public:
  struct Cell {
    std::size_t population;
    std::size_t question;
    std::vector<double> values;  // of the question's options
  };

  // The same cells, settings and seed give the same table.
  LowRankTable(std::vector<Cell> cells, const LowRankSettings& settings, std::uint64_t seed);

  LowRankTable(const LowRankTable&) = delete;
  LowRankTable& operator=(const LowRankTable&) = delete;

  // Empty if no cell has the population, or none the question.
  std::vector<double> at(std::size_t population, std::size_t question) const;

 private:
  using Vector = std::vector<double>;

  void subtractMeans();
  void updatePopulations(double ridge);
  void updateOptions(double ridge);

  std::vector<Cell> cells_;  // without the means
  std::vector<std::vector<const Cell*>> ofPopulation_;
  std::vector<std::vector<const Cell*>> ofQuestion_;
  std::vector<Vector> means_;                 // by question, of its options
  std::vector<Vector> populations_;           // u by population
  std::vector<std::vector<Vector>> options_;  // v by question and option
};

}  // namespace canvass
