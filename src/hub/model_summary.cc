#include "hub/model_summary.h"

#include <exception>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model_files/adapter_config.h"
#include "model_files/decoder_config.h"
#include "model_files/encoder_config.h"
#include "model_files/gguf/gguf_file.h"
#include "model_files/safetensors.h"
#include "model_files/weight_files.h"

namespace canvass {
namespace {

constexpr const char* adapterConfigFile = "adapter_config.json";
constexpr const char* adapterWeightsFile = "adapter_model.safetensors";

using Tensors = std::map<std::string, StoredTensor>;

std::uint64_t countNumbers(const Tensors& tensors) {
  std::uint64_t sum = 0;
  for (const auto& [name, tensor] : tensors) {
    std::uint64_t size = 1;
    for (const std::int64_t length : tensor.shape) size *= static_cast<std::uint64_t>(length);
    sum += size;
  }
  return sum;
}

// What it calls itself, whether or not canvass knows it; empty if it does not say.
std::string statedFamily(const ModelFiles& files, const std::filesystem::path& path) {
  if (path.extension() == ".gguf") {
    const gguf::GgufFile file(*openFolder(path.parent_path()), path.filename().string());
    constexpr const char* key = "general.architecture";
    return file.metadata().has(key) ? file.metadata().text(key) : "";
  }
  const Json& config = files.json("config.json");
  const auto names = config.is_object() ? config.find("architectures") : config.end();
  const bool isNamed =
      names != config.end() && names->is_array() && !names->empty() && names->front().is_string();
  return isNamed ? names->front().get<std::string>() : "";
}

void summarizeAdapter(const ModelFiles& files, ModelSummary& summary) {
  summary.kind = ModelSummary::Kind::adapter;
  summary.family = readAdapterConfig(files).baseModel;
  summary.parameters = countNumbers(SafetensorsFile(files, adapterWeightsFile).tensors());
}

void summarizeWhole(const ModelFiles& files, const std::filesystem::path& path,
                    ModelSummary& summary) {
  summary.family = statedFamily(files, path);
  if (isEncoder(files)) {
    summary.kind = ModelSummary::Kind::encoder;
    summary.family = readEncoderConfig(files).architecture;
  } else {
    summary.family = readDecoderConfig(files).architecture;
    summary.kind = ModelSummary::Kind::decoder;
  }
  summary.parameters = countNumbers(WeightFiles(files).tensors());
}

// Of a message that names the files of the model, which the reader of a list knows.
std::string faultOf(const Error& error) {
  return error.remedy().empty() ? error.fault() : error.fault() + "; " + error.remedy();
}

}  // namespace

ModelSummary summarizeModel(const std::filesystem::path& path) {
  ModelSummary summary;
  try {
    const auto files = openModel(path);
    const bool isAdapter = files->has(adapterConfigFile) && !files->has("config.json");
    isAdapter ? summarizeAdapter(*files, summary) : summarizeWhole(*files, path, summary);
  } catch (const Error& error) {
    summary.fault = faultOf(error);
  } catch (const std::exception& error) {
    summary.fault = error.what();
  }
  return summary;
}

}  // namespace canvass
