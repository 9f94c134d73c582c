#include "transfer/transfer_model.h"

#include <fmt/format.h>

#include <memory>

#include "baselines/low_rank_table.h"
#include "transfer/question_transfer.h"

namespace canvass {
namespace {

constexpr double penalties[] = {0.1, 0.3, 1.0, 3.0, 10.0};
constexpr std::size_t mostMapped = 1000;  // populations

CellCorrector asPredicted(const AnswerTable& table) {
  return [&table](const AnswerTable::Cell& cell) { return table.predictedOf(cell); };
}

// What observed answers leave of predictions, completed: in cells of known questions and
// populations.
CellCorrector fitCellTransfer(const AnswerTable& table, const LowRankSettings& settings,
                              std::uint64_t seed) {
  std::vector<LowRankTable::Cell> residuals;
  for (const AnswerTable::Cell& cell : table.cells) {
    if (!table.isObserved(cell)) continue;
    const Eigen::VectorXd left = table.observedOf(cell) - table.predictedOf(cell);
    residuals.push_back({cell.population, cell.question, {left.begin(), left.end()}});
  }
  const auto completed = std::make_shared<const LowRankTable>(std::move(residuals), settings, seed);
  return [&table, completed](const AnswerTable::Cell& cell) -> Eigen::VectorXd {
    Eigen::VectorXd values = table.predictedOf(cell);
    const std::vector<double> left = completed->at(cell.population, cell.question);
    for (std::size_t k = 0; k < left.size(); ++k) values(static_cast<Eigen::Index>(k)) += left[k];
    return values;
  };
}

void addQuestionMethods(std::vector<TransferMethod>& methods, bool takesMaps) {
  methods.push_back({"levels and differences, each times a number", [](const AnswerTable& table) {
                       return fitQuestionTransfer(table, std::nullopt);
                     }});
  if (!takesMaps) return;
  for (const double penalty : penalties) {
    methods.push_back(
        {fmt::format("map over populations, penalty {:g}", penalty),
         [penalty](const AnswerTable& table) { return fitQuestionTransfer(table, penalty); }});
  }
}

void addPopulationMethods(std::vector<TransferMethod>& methods, bool takesMaps) {
  methods.push_back({"observed levels", [](const AnswerTable& table) {
                       return fitPopulationTransfer(table, false, std::nullopt);
                     }});
  methods.push_back({"observed levels, differences times a number", [](const AnswerTable& table) {
                       return fitPopulationTransfer(table, true, std::nullopt);
                     }});
  if (!takesMaps) return;
  for (const double penalty : penalties) {
    methods.push_back({fmt::format("observed levels, map over options, penalty {:g}", penalty),
                       [penalty](const AnswerTable& table) {
                         return fitPopulationTransfer(table, true, penalty);
                       }});
  }
}

void addCellMethods(std::vector<TransferMethod>& methods, std::uint64_t seed) {
  for (const std::size_t rank : {1, 3, 5, 10, 20}) {
    for (const double ridge : {2.0, 4.0, 8.0}) {
      methods.push_back({fmt::format("low rank of what is left, rank {}, ridge {:g}", rank, ridge),
                         [rank, ridge, seed](const AnswerTable& table) {
                           return fitCellTransfer(table, {rank, ridge}, seed);
                         }});
    }
  }
}

}  // namespace

std::vector<TransferMethod> transferMethods(NewPart part, std::size_t populations,
                                            std::uint64_t seed) {
  std::vector<TransferMethod> methods{{"as predicted", asPredicted}};
  if (part == NewPart::question) addQuestionMethods(methods, populations <= mostMapped);
  if (part == NewPart::population) addPopulationMethods(methods, populations <= mostMapped);
  if (part == NewPart::cell) addCellMethods(methods, seed);
  return methods;
}

}  // namespace canvass
