#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "transfer/answer_table.h"

namespace canvass {

// What is new in an item: nobody was asked its question yet, nobody of its population, or only
// these people this question.
enum class NewPart { question, population, cell };

// The corrected centered log shares of a cell that was not observed.
using CellCorrector = std::function<Eigen::VectorXd(const AnswerTable::Cell&)>;

// A way to learn from observed answers how predicted ones are to be corrected. Formulas are in
// docs/calibration.md.
struct TransferMethod {
  std::string name;
  std::function<CellCorrector(const AnswerTable&)> fit;
};

// The ways for items of this kind, from the simplest: the first leaves predictions as they are.
// Maps between more than a thousand populations are left out: their time grows with the cube.
std::vector<TransferMethod> transferMethods(NewPart part, std::size_t populations,
                                            std::uint64_t seed);

}  // namespace canvass
