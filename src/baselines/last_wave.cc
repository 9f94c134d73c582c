#include "baselines/last_wave.h"

#include <array>

#include "baselines/predict_each.h"
#include "baselines/training_table.h"
#include "survey/waves.h"

namespace canvass {
namespace {

// The answers of earlier waves in one survey.
class EarlierAnswers {
 public:
  EarlierAnswers(const Survey& known, const Survey& items)
      : known_(known),
        table_(known),
        earlier_(earlierWaves(items.populations, known.populations)) {}

  struct Answers {
    double wave = 0.0;
    const Distribution* shares = nullptr;
  };

  // The latest; without shares if there are none.
  Answers latest(const Question& question, std::size_t population) const {
    const auto column = table_.question(question);
    if (!column) return {};
    for (const std::size_t wave : earlier_[population]) {
      if (const Distribution* shares = table_.at(wave, *column)) {
        return {*waveOf(known_.populations[wave]), shares};
      }
    }
    return {};
  }

 private:
  const Survey& known_;
  TrainingTable table_;
  std::vector<std::vector<std::size_t>> earlier_;
};

}  // namespace

Predictions predictLastWave(const Survey& training, const Survey& items) {
  const std::array known = {EarlierAnswers(training, items), EarlierAnswers(items, items)};
  return predictEach("last_wave", items, [&](const Item& item) {
    EarlierAnswers::Answers best;
    for (const EarlierAnswers& one : known) {
      const auto found = one.latest(items.questionOf(item), item.population);
      if (found.shares != nullptr && (best.shares == nullptr || found.wave > best.wave)) {
        best = found;
      }
    }
    return best.shares == nullptr ? Distribution{} : *best.shares;
  });
}

}  // namespace canvass
