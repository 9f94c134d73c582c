#include "model/tiny_model.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>

#include "base/file.h"
#include "model/load.h"
#include "model/stored_tensors.h"

namespace canvass::test {
std::filesystem::path goldenModel(const std::string& name) {
  return sourceFolder() / "tests/golden/models" / name;
}

std::vector<std::string> goldenModels() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(goldenModel(""))) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TensorsByName readTensors(const std::filesystem::path& path) {
  const SafetensorsFile file(*openModel(path.parent_path()), path.filename().string());
  TensorsByName tensors;
  for (const auto& [name, stored] : file.tensors()) {
    const bool half = stored.type == ElementType::float16;
    const bool brain = stored.type == ElementType::bfloat16;
    tensors[name] = toTensor(stored, half ? at::kHalf : brain ? at::kBFloat16 : at::kFloat);
  }
  return tensors;
}

void writeTensors(const std::filesystem::path& path, const TensorsByName& tensors) {
  TensorsByName kept;
  std::map<std::string, StoredTensor> stored;
  for (const auto& [name, tensor] : tensors) kept[name] = tensor.detach().contiguous();
  for (const auto& [name, tensor] : kept) {
    if (tensor.scalar_type() != at::kLong) {
      stored[name] = toStored(tensor);
      continue;
    }
    const auto* bytes = static_cast<const std::byte*>(tensor.data_ptr());
    stored[name] = {ElementType::int64, tensor.sizes().vec(), {bytes, tensor.nbytes()}};
  }
  writeSafetensors(path, stored);
}

ModelCopy::ModelCopy(const std::string& golden) {
  std::filesystem::copy(goldenModel(golden), folder_.path(),
                        std::filesystem::copy_options::recursive);
}

void ModelCopy::editConfig(const std::function<void(Json&)>& change) const {
  editJson("config.json", change);
}

void ModelCopy::editJson(const std::string& file, const std::function<void(Json&)>& change) const {
  Json json = parseJson(readFile(path() / file), file);
  change(json);
  writeFileAtomically(path() / file, json.dump());
}

void ModelCopy::editTensors(const std::function<void(TensorsByName&)>& change,
                            const std::string& file) const {
  TensorsByName tensors = readTensors(path() / file);
  change(tensors);
  writeTensors(path() / file, tensors);
}

DecoderConfig smallShape(bool tiedEmbeddings) {
  DecoderConfig config;
  config.architecture = "LlamaForCausalLM";
  config.vocabularySize = 50;
  config.hiddenSize = 32;
  config.maxPositions = 64;
  config.tiedEmbeddings = tiedEmbeddings;
  LayerConfig layer;
  layer.intermediateSize = 48;
  layer.headCount = 4;
  layer.keyValueHeadCount = 2;
  layer.headSize = layer.rotary.size = 8;
  layer.attentionScale = usualAttentionScale(8);
  layer.rotary.theta = 10000.0;
  config.norm = layer.norm = {NormKind::rms, 1e-5};
  config.layers = {layer, layer};
  return config;
}

at::Tensor logitsAfter(const Decoder& decoder,
                       const std::vector<std::vector<std::int64_t>>& prompts) {
  PackedTokens packed;
  auto layout = std::make_shared<AttentionLayout>();
  std::vector<std::int64_t> tokens, positions, answerRows;
  for (const auto& prompt : prompts) {
    AttentionBranch& branch = layout->branches.emplace_back();
    layout->treeStart.push_back(layout->branches.size() - 1);
    layout->everyRow.branchStart.push_back(tokens.size());
    layout->answers.branchStart.push_back(answerRows.size());
    for (std::size_t i = 0; i < prompt.size(); ++i) {
      branch.keyRows.push_back(static_cast<std::int32_t>(tokens.size()));
      layout->everyRow.rows.push_back(static_cast<std::int32_t>(tokens.size()));
      layout->everyRow.positions.push_back(static_cast<std::int32_t>(i));
      tokens.push_back(prompt[i]);
      positions.push_back(static_cast<std::int64_t>(i));
    }
    layout->answers.rows.push_back(static_cast<std::int32_t>(answerRows.size()));
    layout->answers.positions.push_back(static_cast<std::int32_t>(prompt.size()) - 1);
    answerRows.push_back(static_cast<std::int64_t>(tokens.size()) - 1);
    layout->longestPath = std::max(layout->longestPath, positions.back() + 1);
  }
  layout->treeStart.push_back(prompts.size());
  layout->everyRow.branchStart.push_back(tokens.size());
  layout->answers.branchStart.push_back(prompts.size());
  layout->everyRow.rowCount = static_cast<std::int64_t>(tokens.size());
  layout->answers.rowCount = packed.answerCount = static_cast<std::int64_t>(prompts.size());
  packed.layout = layout;
  packed.tokens = at::tensor(tokens, at::kLong);
  packed.positions = at::tensor(positions, at::kLong);
  packed.answerRows = at::tensor(answerRows, at::kLong);
  return decoder.logits(decoder.answerStates(packed));
}

at::Tensor someLogits(const Decoder& decoder) {
  const c10::NoGradGuard noGradients;
  return logitsAfter(decoder,
                     {{1, 5, 9, 13, 2, 2, 40}, {3}, {1, 44, 7, 20, 31, 6, 12, 3, 8, 9, 11}});
}

double relativeError(const at::Tensor& logits, const at::Tensor& exact) {
  return ((logits - exact).square().mean().sqrt() / exact.std()).item<double>();
}

TensorsByName parametersOf(const Decoder& decoder) {
  TensorsByName tensors;
  for (const auto& [name, tensor] : decoder.parameters()) {
    EXPECT_TRUE(tensors.emplace(name, tensor.detach()).second) << name << " appears twice";
  }
  return tensors;
}

}  // namespace canvass::test
