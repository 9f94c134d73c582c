#include "transfer/transfer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/random.h"
#include "stats/metrics.h"
#include "transfer/answer_table.h"

namespace canvass {
namespace {

constexpr std::size_t folds = 10;

using Cell = AnswerTable::Cell;
using Cells = std::vector<std::size_t>;  // indices of AnswerTable::cells

// What was asked of anybody, and who was asked anything.
struct Known {
  std::set<std::size_t> questions, populations;

  explicit Known(const AnswerTable& table) {
    for (const Cell& cell : table.cells) {
      if (!table.isObserved(cell)) continue;
      questions.insert(cell.question);
      populations.insert(cell.population);
    }
  }

  // Nothing if both are new.
  std::optional<NewPart> partOf(const Cell& cell) const {
    const bool question = questions.contains(cell.question);
    const bool population = populations.contains(cell.population);
    if (question) return population ? NewPart::cell : NewPart::population;
    return population ? std::optional(NewPart::question) : std::nullopt;
  }
};

// The observed cells, dealt out so that what is new together is held out together.
std::vector<Cells> foldsOf(const AnswerTable& table, NewPart part, std::uint64_t seed) {
  std::map<std::size_t, Cells> groups;
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const Cell& cell = table.cells[i];
    if (!table.isObserved(cell)) continue;
    const std::size_t group = part == NewPart::question     ? cell.question
                              : part == NewPart::population ? table.family[cell.population]
                                                            : i;
    groups[group].push_back(i);
  }
  std::vector<Cells> shuffled;
  for (auto& [group, cells] : groups) shuffled.push_back(std::move(cells));
  RandomStream random(seed, "transfer folds");
  random.shuffle(shuffled);
  std::vector<Cells> result(std::min(folds, shuffled.size()));
  for (std::size_t i = 0; i < shuffled.size(); ++i) {
    Cells& fold = result[i % result.size()];
    fold.insert(fold.end(), shuffled[i].begin(), shuffled[i].end());
  }
  return result;
}

double similarityOf(const AnswerTable& table, const Cell& cell, const Eigen::VectorXd& corrected) {
  return jsSimilarity(sharesOf(table.observedOf(cell)), sharesOf(corrected));
}

// The mean over all observed cells, each predicted by what was fitted without its fold.
double crossValidated(const AnswerTable& table, const std::vector<Cells>& all,
                      const TransferMethod& method) {
  double sum = 0.0;
  std::size_t count = 0;
  for (const Cells& fold : all) {
    AnswerTable others = table;
    for (const std::size_t i : fold) others.forget(table.cells[i]);
    const CellCorrector correct = method.fit(others);
    for (const std::size_t i : fold) {
      sum += similarityOf(table, table.cells[i], correct(table.cells[i]));
      ++count;
    }
  }
  return sum / static_cast<double>(count);
}

TransferChoice chosenFor(const AnswerTable& table, NewPart part, std::uint64_t seed) {
  const std::vector<Cells> all = foldsOf(table, part, seed);
  TransferChoice choice;
  choice.part = part;
  for (const Cells& fold : all) choice.validated += fold.size();
  for (const TransferMethod& method : transferMethods(part, table.populations.size(), seed)) {
    // Nothing is learned about new groups from a single one.
    if (all.size() < 2 && !choice.candidates.empty()) break;
    choice.candidates.push_back({method.name, crossValidated(table, all, method)});
    if (choice.candidates.back().similarity > choice.candidates[choice.chosen].similarity) {
      choice.chosen = choice.candidates.size() - 1;
    }
  }
  return choice;
}

const char* partName(NewPart part) {
  if (part == NewPart::question) return "new questions";
  return part == NewPart::population ? "new populations" : "new cells";
}

std::string sourceText(const std::vector<TransferChoice>& choices) {
  std::vector<std::string> parts;
  for (const TransferChoice& one : choices) {
    const TransferCandidate& best = one.candidates[one.chosen];
    parts.push_back(
        fmt::format("{}: {} (js_similarity {:.3f} instead of {:.3f} in "
                    "cross-validation over {} observed items)",
                    partName(one.part), best.name, best.similarity,
                    one.candidates.front().similarity, one.validated));
  }
  return fmt::format("cross-question, {}", fmt::join(parts, "; "));
}

void checkSomeAreNew(const AnswerTable& table) {
  const auto observed = static_cast<std::size_t>(
      std::ranges::count_if(table.cells, [&](const Cell& cell) { return table.isObserved(cell); }));
  if (observed == 0) {
    throw Error("no predicted item was observed: there is nothing to learn from", {},
                "give the survey that some of the predictions are of");
  }
  if (observed == table.cells.size()) {
    throw Error("every predicted item was observed: there is no other to correct", {},
                "give predictions of new items, too");
  }
}

}  // namespace

TransferredPredictions transferPredictions(const Survey& observed, const Predictions& predictions,
                                           std::uint64_t seed) {
  const AnswerTable table = answerTable(observed, predictions);
  checkSomeAreNew(table);
  const Known known(table);
  std::map<NewPart, Cells> byPart;
  TransferredPredictions result;
  static_cast<PredictionSource&>(result.predictions) = predictions;
  result.predictions.intervals.reset();  // learned from the errors of other shares
  std::map<std::size_t, Distribution> corrected;
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    if (table.isObserved(table.cells[i])) continue;
    const auto part = known.partOf(table.cells[i]);
    if (part) {
      byPart[*part].push_back(i);
    } else {
      ++result.unchanged;
    }
    corrected[i] = predictions.predictions[i].probabilities;
  }
  for (const auto& [part, cells] : byPart) {
    TransferChoice choice = chosenFor(table, part, seed);
    choice.items = cells.size();
    if (choice.chosen > 0) {
      const auto methods = transferMethods(part, table.populations.size(), seed);
      const CellCorrector correct = methods[choice.chosen].fit(table);
      for (const std::size_t i : cells) corrected[i] = sharesOf(correct(table.cells[i]));
    }
    result.choices.push_back(std::move(choice));
  }
  for (auto& [i, shares] : corrected) {
    Prediction one = predictions.predictions[i];
    one.probabilities = std::move(shares);
    one.logits.clear();
    one.low.clear();
    one.high.clear();
    result.predictions.predictions.push_back(std::move(one));
  }
  result.predictions.calibration = sourceText(result.choices);
  return result;
}

}  // namespace canvass
