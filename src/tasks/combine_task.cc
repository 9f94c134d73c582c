#include "tasks/combine_task.h"

#include "base/error.h"
#include "pooling/learners.h"

namespace canvass {
namespace {

Survey itemsOfTask(const CombineTask& task) {
  if (task.items) return *task.items;
  std::vector<const Survey*> known = {&task.validation};
  if (task.training) known.push_back(&*task.training);
  return itemsToCombine(task.predictions, task.validation, known);
}

std::vector<NamedPredictions> inputsOf(const CombineTask& task, const Survey& items) {
  std::vector<NamedPredictions> inputs = task.predictions;
  if (!task.baselines.empty() && !task.training) {
    throw Error("baselines learn from other items", {}, "give them with --train");
  }
  for (const std::string& name : task.baselines) {
    inputs.push_back(
        predictForStacking(learnerNamed(name), *task.training, task.validation, items, task.seed));
  }
  return inputs;
}

}  // namespace

Combination combinePredictors(const CombineTask& task) {
  const Survey items = itemsOfTask(task);
  if (items.items.empty()) {
    throw Error("there is no item to predict other than those that the weights are fitted to", {},
                "give predictions of further items, or name them with --items");
  }
  const std::vector<NamedPredictions> inputs = inputsOf(task, items);
  Combination result;
  result.stacking = fitStacking(task.validation, inputs, {.seed = task.seed});
  result.combined = combine(result.stacking, task.validation, items, inputs);
  if (result.combined.predictions.predictions.empty()) {
    throw Error("no item has a prediction of every input", {},
                result.combined.skipped.front().reason);
  }
  return result;
}

}  // namespace canvass
