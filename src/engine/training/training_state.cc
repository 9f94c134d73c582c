#include "engine/training/training_state.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json_count.h"
#include "model/stored_tensors.h"
#include "model_files/model_files.h"
#include "model_files/safetensors.h"

namespace canvass {
namespace {

using Tensors = std::map<std::string, at::Tensor>;

constexpr const char* stateKey = "canvass_training_state";

std::string tensorName(const char* kind, std::size_t index) {
  return fmt::format("{}.{}", kind, index);
}

Tensors tensorsOf(const TrainingState& state) {
  Tensors tensors;
  const auto add = [&](const char* kind, std::size_t index, const at::Tensor& tensor) {
    if (tensor.defined()) tensors[tensorName(kind, index)] = tensor.detach().cpu().contiguous();
  };
  for (std::size_t i = 0; i < state.weights.size(); ++i) {
    add("weights", i, state.weights[i]);
    add("first_moment", i, state.optimizer.moments.at(i).first);
    add("second_moment", i, state.optimizer.moments.at(i).second);
  }
  for (std::size_t i = 0; i < state.bestWeights.size(); ++i) add("best", i, state.bestWeights[i]);
  return tensors;
}

Json numbersOf(const TrainingState& state) {
  Json stepsOfTensors = Json::array();
  for (const Moments& moments : state.optimizer.moments) stepsOfTensors.push_back(moments.steps);
  Json history = Json::array();
  for (const EpochRecord& record : state.history) history.push_back(epochRecordToJson(record));
  return {{"version", 1},
          {"epoch", state.epoch},
          {"position", state.position},
          {"updates", state.optimizer.updates},
          {"steps_of_tensors", stepsOfTensors},
          {"order", state.order.state()},
          {"dropout_seed", static_cast<std::int64_t>(state.dropoutSeed)},
          {"loss_of_epoch", state.lossOfEpoch},
          {"items_of_epoch", state.itemsOfEpoch},
          {"record", epochRecordToJson(state.record)},
          {"best_epoch", state.bestEpoch},
          {"best_loss", state.bestLoss},
          {"stopped_early", state.stoppedEarly},
          {"history", history}};
}

// The tensors of a file by their names, as copies.
class StateTensors {
 public:
  explicit StateTensors(const SafetensorsFile& file) : file_(file) {}

  bool has(const char* kind, std::size_t index) const {
    return file_.tensors().contains(tensorName(kind, index));
  }
  // Undefined if the file has none.
  at::Tensor get(const char* kind, std::size_t index) const {
    const auto found = file_.tensors().find(tensorName(kind, index));
    return found == file_.tensors().end() ? at::Tensor() : toTensor(found->second, at::kFloat);
  }
  // From the first on, as many as there are.
  std::vector<at::Tensor> list(const char* kind) const {
    std::vector<at::Tensor> all;
    while (has(kind, all.size())) all.push_back(get(kind, all.size()));
    return all;
  }

 private:
  const SafetensorsFile& file_;
};

void readNumbers(const Json& json, TrainingState& state, const std::string& where) {
  state.epoch = requireCount(json, "epoch", where);
  state.position = requireCount(json, "position", where);
  state.optimizer.updates = requireCount(json, "updates", where);
  state.order = RandomStream::fromState(requireKey<std::string>(json, "order", where), where);
  state.dropoutSeed =
      static_cast<std::uint64_t>(requireKey<std::int64_t>(json, "dropout_seed", where));
  state.lossOfEpoch = requireKey<double>(json, "loss_of_epoch", where);
  state.itemsOfEpoch = requireCount(json, "items_of_epoch", where);
  state.bestEpoch = requireCount(json, "best_epoch", where);
  state.bestLoss = requireKey<double>(json, "best_loss", where);
  state.stoppedEarly = requireKey<bool>(json, "stopped_early", where);
  const auto record = json.find("record");
  const auto history = json.find("history");
  if (record == json.end() || history == json.end() || !history->is_array()) {
    throw Error("the training state has no history", where);
  }
  state.record = epochRecordFromJson(*record, where);
  for (const Json& one : *history) state.history.push_back(epochRecordFromJson(one, where));
}

void readTensors(const SafetensorsFile& file, const Json& json, TrainingState& state,
                 const std::string& where) {
  const StateTensors tensors(file);
  state.weights = tensors.list("weights");
  state.bestWeights = tensors.list("best");
  const auto steps = requireKey<std::vector<double>>(json, "steps_of_tensors", where);
  if (state.weights.empty() || steps.size() != state.weights.size()) {
    throw Error("the training state has no weights", where);
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    state.optimizer.moments.push_back({tensors.get("first_moment", i),
                                       tensors.get("second_moment", i),
                                       static_cast<std::size_t>(steps[i])});
  }
}

}  // namespace

TrainingState::TrainingState(std::uint64_t seed)
    : order(seed, "batches"), dropoutSeed(RandomStream(seed, "dropout").bits()) {}

void saveTrainingState(const TrainingState& state, const std::filesystem::path& file) {
  const Tensors tensors = tensorsOf(state);
  std::map<std::string, StoredTensor> stored;
  for (const auto& [name, tensor] : tensors) stored[name] = toStored(tensor);
  writeSafetensors(file, stored, {{stateKey, jsonText(numbersOf(state))}});
}

TrainingState loadTrainingState(const std::filesystem::path& path) {
  const std::string where = path.string();
  const SafetensorsFile file(*openModel(path.parent_path()), path.filename().string());
  const auto found = file.metadata().find(stateKey);
  if (found == file.metadata().end()) throw Error("this is not a training state", where);
  const Json json = parseJson(found->second, where);
  if (requireCount(json, "version", where) != 1) {
    throw Error("the training state was written by a later version of canvass", where);
  }
  TrainingState state(0);
  readNumbers(json, state, where);
  readTensors(file, json, state, where);
  return state;
}

}  // namespace canvass
