#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/decoder.h"
#include "support/test_support.h"

namespace canvass::test {

using TensorsByName = std::map<std::string, at::Tensor>;

// The golden checkpoints (tests/golden/models), one of each kind of decoder.
std::filesystem::path goldenModel(const std::string& name);
std::vector<std::string> goldenModels();

TensorsByName readTensors(const std::filesystem::path& file);
void writeTensors(const std::filesystem::path& file, const TensorsByName& tensors);

// A copy of a golden checkpoint, to damage.
class ModelCopy {
 public:
  explicit ModelCopy(const std::string& golden);

  std::filesystem::path path() const { return folder_.path(); }
  // Reads a file of the folder, changes it and writes it back.
  void editConfig(const std::function<void(Json&)>& change) const;
  void editJson(const std::string& file, const std::function<void(Json&)>& change) const;
  void editTensors(const std::function<void(TensorsByName&)>& change,
                   const std::string& file = "model.safetensors") const;

 private:
  TemporaryFolder folder_;
};

// A small Llama shape that initializeDecoder can make.
DecoderConfig smallShape(bool tiedEmbeddings);

// Logits after each of the prompts, which do not see each other: [prompts, vocabulary].
at::Tensor logitsAfter(const Decoder& decoder,
                       const std::vector<std::vector<std::int64_t>>& prompts);
// ... after a few prompts made up for the purpose, without gradients.
at::Tensor someLogits(const Decoder& decoder);

// The root mean square of logits - exact, in units of the spread of the exact ones.
double relativeError(const at::Tensor& logits, const at::Tensor& exact);

TensorsByName parametersOf(const Decoder& decoder);

}  // namespace canvass::test
