#include "baselines/low_rank_model.h"

#include <utility>

#include "baselines/log_shares.h"

namespace canvass {
namespace {

std::vector<LowRankTable::Cell> logCells(const AnsweredCells& cells) {
  std::vector<LowRankTable::Cell> result;
  for (const AnsweredCell& cell : cells) {
    result.push_back({cell.population, cell.question, centeredLogShares(*cell.shares)});
  }
  return result;
}

}  // namespace

LowRankModel::LowRankModel(const AnsweredCells& cells, const LowRankSettings& settings,
                           std::uint64_t seed)
    : table_(logCells(cells), settings, seed) {}

Distribution LowRankModel::predict(std::size_t population, std::size_t question) const {
  std::vector<double> values = table_.at(population, question);
  return values.empty() ? Distribution{} : sharesOfLogs(std::move(values));
}

}  // namespace canvass
