#include "tasks/baseline_task.h"

#include <fmt/format.h>

#include "base/error.h"

namespace canvass {

Predictions predictByBaseline(const BaselineTask& task, Progress& progress) {
  const Baseline& baseline = findBaseline(task.name);
  const Survey* const training = task.training ? &*task.training : nullptr;
  Predictions predictions =
      predictAll(*makeBaseline(baseline, training, task.options), task.items, progress);
  if (predictions.predictions.empty()) {
    throw Error(fmt::format("the baseline {} cannot predict any of the items", baseline.id));
  }
  return predictions;
}

}  // namespace canvass
