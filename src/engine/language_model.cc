#include "engine/language_model.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <torch/csrc/api/include/torch/cuda.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "base/error.h"
#include "base/file.h"
#include "model/adapter.h"
#include "model/load.h"
#include "model_files/end_tokens.h"

namespace canvass {
namespace {

// Throws Error for a device that this libtorch does not have.
at::Device findDevice(const std::string& name) {
  if (name == "cpu") return at::kCPU;
  if (name == "auto") return torch::cuda::is_available() ? at::Device(at::kCUDA, 0) : at::kCPU;
  const bool numbered = name.starts_with("cuda:") && name.size() > 5 &&
                        name.find_first_not_of("0123456789", 5) == std::string::npos;
  if (name != "cuda" && !numbered) {
    throw Error(fmt::format("the device \"{}\" is not known", name), {},
                "choose auto, cpu, cuda or cuda:N");
  }
  const int index = numbered ? std::atoi(name.c_str() + 5) : 0;
  if (!torch::cuda::is_available()) {
    throw Error(fmt::format("there is no GPU for the device \"{}\"", name), {},
                "canvass must be built with torch 2 with CUDA and run on a machine with a GPU and "
                "its driver; or choose cpu");
  }
  if (index >= static_cast<int>(torch::cuda::device_count())) {
    throw Error(
        fmt::format("there is no GPU {}: this machine has {}", index, torch::cuda::device_count()));
  }
  return {at::kCUDA, static_cast<at::DeviceIndex>(index)};
}

std::optional<Precision> chosenPrecision(PrecisionChoice choice) {
  if (choice == PrecisionChoice::automatic) return std::nullopt;
  return choice == PrecisionChoice::float32 ? Precision::float32 : Precision::bfloat16;
}

// Training multiplies by each weight twice and by fewer rows at once: dense is an eighth faster.
WeightChoice chosenWeights(const ModelOptions& options) {
  const bool onlyTrains = options.weights == WeightChoice::automatic && !options.scores;
  return onlyTrains ? WeightChoice::dense : options.weights;
}

}  // namespace

LanguageModel::LanguageModel(const ModelOptions& options, Progress& progress)
    : files(options.model),
      adapterFiles(options.adapter),
      name(files->describe()),
      adapterName(adapterFiles ? adapterFiles->describe() : ""),
      weights(options.weights),
      tokenizer(loadTokenizer(*files)),
      chat(ChatFormat::choose(options.chat, *files)),
      endTokens(endTokensOf(*files)) {
  const LoadOptions loading{chosenPrecision(options.precision), options.trainable, options.scores,
                            findDevice(options.device), chosenWeights(options)};
  decoder = loadDecoder(*files, loading, progress);
  const bool narrow = decoder->computeType() == at::kBFloat16;
  precision = narrow ? Precision::bfloat16 : Precision::float32;
  checkVocabulary(*tokenizer, decoder->config().vocabularySize, name);
  if (adapterFiles) loadAdapter(*decoder, *adapterFiles);
}

LanguageModel::~LanguageModel() = default;
LanguageModel::LanguageModel(LanguageModel&&) noexcept = default;

std::string fingerprintOf(const LanguageModel& model) {
  return sha256(model.files->identity() +
                (model.adapterFiles ? model.adapterFiles->identity() : ""));
}

void checkVocabulary(const Tokenizer& tokenizer, std::int64_t vocabularySize,
                     const std::string& model) {
  const auto tokens = static_cast<std::int64_t>(tokenizer.vocabularySize());
  if (tokens <= vocabularySize) return;
  throw Error(
      fmt::format("the tokenizer has {} tokens, but the model only {}", tokens, vocabularySize),
      model, "the tokenizer belongs to another model");
}

WeightChoice parseWeights(const std::string& name) {
  if (name == "auto") return WeightChoice::automatic;
  if (name == "dense") return WeightChoice::dense;
  if (name == "stored") return WeightChoice::stored;
  if (name == "q8_0") return WeightChoice::q8_0;
  if (name == "q4_k") return WeightChoice::q4_k;
  throw Error(fmt::format("there is no way \"{}\" of holding weights", name), {},
              "choose auto, dense, stored, q8_0 or q4_k");
}

std::string precisionOf(const LanguageModel& model) {
  const std::string products = precisionName(model.precision);
  const auto type = quantizedTo(model.weights);
  return type ? fmt::format("{}, {} weights", products, elementTypeName(*type)) : products;
}

const char* precisionName(Precision precision) {
  return precision == Precision::bfloat16 ? "bf16" : "fp32";
}

PrecisionChoice parsePrecision(const std::string& name) {
  if (name == "auto") return PrecisionChoice::automatic;
  if (name == "fp32") return PrecisionChoice::float32;
  if (name == "bf16") return PrecisionChoice::bfloat16;
  throw Error(fmt::format("the precision \"{}\" is not known", name), {},
              "choose auto, fp32 or bf16");
}

void setThreads(int threads) {
  const int processors = static_cast<int>(std::thread::hardware_concurrency());
  at::set_num_threads(threads > 0 ? threads : std::max(processors, 1));
}

}  // namespace canvass
