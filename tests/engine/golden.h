#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/training/alignment_batch.h"

namespace canvass::test {

// A small random checkpoint with what transformers and PEFT compute from it
// (tools/oracle/checkpoints.py).
struct Golden {
  explicit Golden(const std::string& name);

  std::filesystem::path folder;
  Json facts;
  std::map<std::string, at::Tensor> tensors;
  AlignmentItems items;

  // The tensors whose name starts with `prefix`, by the rest of their name.
  std::map<std::string, at::Tensor> startingWith(const std::string& prefix) const;
};

// Every checkpoint of tests/golden/models, or those whose golden.json has the given key.
std::vector<std::string> goldenNames(const char* key = nullptr);

// The greatest absolute difference, for a message that says how far off a tensor is.
double greatestDifference(const at::Tensor& a, const at::Tensor& b);
// |a - b| / |b| in the Euclidean norm.
double relativeDifference(const at::Tensor& a, const at::Tensor& b);

}  // namespace canvass::test
