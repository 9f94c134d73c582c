#include "model_tasks/timing.h"

#include "engine/scoring/product_rate.h"
#include "model/decoder.h"

namespace canvass {
namespace {

std::size_t typicalRows(const ScoringWork& work) {
  return work.forests == 0 ? 0 : work.computedTokens / work.forests;
}

}  // namespace

double Timing::rate() const {
  return work.computeSeconds > 0.0 ? work.operations.productOperations / work.computeSeconds : 0.0;
}

Timing timingOf(const LanguageModel& model, const ScoringWork& work, double loadSeconds) {
  Timing timing{work, loadSeconds, 0.0};
  if (work.items > 0) {
    timing.bareRate = bareProductRate(*model.decoder, work.workers, typicalRows(work));
  }
  return timing;
}

}  // namespace canvass
