#include "baselines/low_rank_table.h"

#include <cmath>
#include <numeric>
#include <utility>

#include "base/random.h"

namespace canvass {
namespace {

// From 5 on, more change a mean js_similarity by less than 0.0003 there.
constexpr int sweeps = 10;

using Vector = std::vector<double>;

double product(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// The normal equations of a ridge regression: (ridge I + sum x x') b = sum y x, by Cholesky.
class RidgeRegression {
 public:
  RidgeRegression(std::size_t size, double ridge) : size_(size), matrix_(size * size, 0.0) {
    for (std::size_t i = 0; i < size; ++i) at(i, i) = ridge;
  }

  void addPoint(const Vector& x) {
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = 0; j <= i; ++j) at(i, j) += x[i] * x[j];
    }
  }

  // Once, after all points.
  void factorize() {
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        double value = at(i, j);
        for (std::size_t k = 0; k < j; ++k) value -= at(i, k) * at(j, k);
        at(i, j) = i == j ? std::sqrt(value) : value / at(j, j);
      }
    }
  }

  Vector solve(Vector right) const {
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t k = 0; k < i; ++k) right[i] -= at(i, k) * right[k];
      right[i] /= at(i, i);
    }
    for (std::size_t i = size_; i-- > 0;) {
      for (std::size_t k = i + 1; k < size_; ++k) right[i] -= at(k, i) * right[k];
      right[i] /= at(i, i);
    }
    return right;
  }

 private:
  double& at(std::size_t i, std::size_t j) { return matrix_[i * size_ + j]; }
  double at(std::size_t i, std::size_t j) const { return matrix_[i * size_ + j]; }

  std::size_t size_;
  Vector matrix_;  // its lower triangle
};

void addTimes(Vector& sum, double factor, const Vector& x) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += factor * x[i];
}

}  // namespace

LowRankTable::LowRankTable(std::vector<Cell> cells, const LowRankSettings& settings,
                           std::uint64_t seed)
    : cells_(std::move(cells)) {
  for (const Cell& cell : cells_) {
    if (cell.population >= ofPopulation_.size()) ofPopulation_.resize(cell.population + 1);
    if (cell.question >= ofQuestion_.size()) ofQuestion_.resize(cell.question + 1);
    ofPopulation_[cell.population].push_back(&cell);
    ofQuestion_[cell.question].push_back(&cell);
  }
  subtractMeans();
  RandomStream random(seed, "low rank");
  for (const Vector& means : means_) {
    auto& options = options_.emplace_back(means.size(), Vector(settings.rank));
    for (Vector& option : options) {
      for (double& value : option) value = 0.1 * random.normal();
    }
  }
  populations_.assign(ofPopulation_.size(), Vector(settings.rank, 0.0));
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    updatePopulations(settings.ridge);
    updateOptions(settings.ridge);
  }
}

void LowRankTable::subtractMeans() {
  for (const auto& cells : ofQuestion_) {
    Vector& mean = means_.emplace_back();
    for (const Cell* cell : cells) {
      mean.resize(cell->values.size(), 0.0);
      addTimes(mean, 1.0 / static_cast<double>(cells.size()), cell->values);
    }
  }
  for (Cell& cell : cells_) addTimes(cell.values, -1.0, means_[cell.question]);
}

void LowRankTable::updatePopulations(double ridge) {
  for (std::size_t population = 0; population < populations_.size(); ++population) {
    Vector& factors = populations_[population];
    RidgeRegression regression(factors.size(), ridge);
    Vector right(factors.size(), 0.0);
    for (const Cell* cell : ofPopulation_[population]) {
      const auto& options = options_[cell->question];
      for (std::size_t k = 0; k < options.size(); ++k) {
        regression.addPoint(options[k]);
        addTimes(right, cell->values[k], options[k]);
      }
    }
    regression.factorize();
    factors = regression.solve(std::move(right));
  }
}

void LowRankTable::updateOptions(double ridge) {
  const std::size_t rank = populations_.front().size();
  for (std::size_t question = 0; question < options_.size(); ++question) {
    RidgeRegression regression(rank, ridge);
    for (const Cell* cell : ofQuestion_[question]) {
      regression.addPoint(populations_[cell->population]);
    }
    regression.factorize();  // one for all options: they are answered by the same populations
    for (std::size_t k = 0; k < options_[question].size(); ++k) {
      Vector right(rank, 0.0);
      for (const Cell* cell : ofQuestion_[question]) {
        addTimes(right, cell->values[k], populations_[cell->population]);
      }
      options_[question][k] = regression.solve(std::move(right));
    }
  }
}

std::vector<double> LowRankTable::at(std::size_t population, std::size_t question) const {
  const bool known = population < ofPopulation_.size() && !ofPopulation_[population].empty() &&
                     question < ofQuestion_.size() && !ofQuestion_[question].empty();
  if (!known) return {};
  Vector values = means_[question];
  for (std::size_t k = 0; k < values.size(); ++k) {
    values[k] += product(populations_[population], options_[question][k]);
  }
  return values;
}

}  // namespace canvass
