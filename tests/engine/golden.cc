#include "engine/golden.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "base/file.h"
#include "model/load.h"
#include "model/stored_tensors.h"
#include "support/test_support.h"

namespace canvass::test {

Golden::Golden(const std::string& name) : folder(sourceFolder() / "tests/golden/models" / name) {
  facts = parseJson(readFile(folder / "golden.json"), name);
  const SafetensorsFile file(*openModel(folder), "golden.safetensors");
  for (const auto& [key, stored] : file.tensors()) tensors[key] = toTensor(stored, at::kFloat);
  for (std::size_t i = 0; i < facts["sequences"].size(); ++i) {
    const auto tokens = facts["sequences"][i].get<std::vector<TokenId>>();
    items.prompts.push_back(
        {tokens, {{tokens.size() - 1, facts["labels"][i].get<std::vector<TokenId>>(), i}}});
    items.observed.push_back(facts["targets"][i].get<std::vector<double>>());
    items.groups.push_back(i);
  }
}

std::map<std::string, at::Tensor> Golden::startingWith(const std::string& prefix) const {
  std::map<std::string, at::Tensor> found;
  for (const auto& [name, tensor] : tensors) {
    if (name.starts_with(prefix)) found[name.substr(prefix.size())] = tensor;
  }
  return found;
}

std::vector<std::string> goldenNames(const char* key) {
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(sourceFolder() / "tests/golden/models")) {
    const auto facts = parseJson(readFile(entry.path() / "golden.json"), "golden.json");
    if (key == nullptr || facts.contains(key)) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

double greatestDifference(const at::Tensor& a, const at::Tensor& b) {
  if (a.sizes() != b.sizes()) return std::numeric_limits<double>::infinity();
  return (a - b).abs().max().item<double>();
}

double relativeDifference(const at::Tensor& a, const at::Tensor& b) {
  if (a.sizes() != b.sizes()) return std::numeric_limits<double>::infinity();
  return ((a - b).norm() / b.norm().clamp_min(1e-12)).item<double>();
}

}  // namespace canvass::test
