#include "engine/language_model.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <set>
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
    throw Error(
        fmt::format("there is no GPU for the device \"{}\"", name), {},
        "canvass must be built with a torch 2 that has CUDA, on a machine with a GPU and its "
        "driver; or choose cpu");
  }
  if (index >= static_cast<int>(torch::cuda::device_count())) {
    throw Error(fmt::format("there is no GPU number {}: this machine has {}", index,
                            torch::cuda::device_count()));
  }
  return {at::kCUDA, static_cast<at::DeviceIndex>(index)};
}

bool multipliesBfloat16(at::Device device) {
  if (!device.is_cpu()) return true;
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") != 0;
#else
  return false;
#endif
}

Precision resolve(PrecisionChoice choice, const std::filesystem::path& modelFolder,
                  at::Device device) {
  if (choice == PrecisionChoice::float32) return Precision::float32;
  if (choice == PrecisionChoice::bfloat16) return Precision::bfloat16;
  const ElementType stored = storedPrecision(modelFolder);
  const bool wide = stored == ElementType::float32 || stored == ElementType::float64;
  return !wide && multipliesBfloat16(device) ? Precision::bfloat16 : Precision::float32;
}

}  // namespace

LanguageModel::LanguageModel(const ModelOptions& options, Progress& progress)
    : name(options.model.string()),
      adapterName(options.adapter.string()),
      tokenizer(loadTokenizer(options.model)),
      chat(ChatFormat::choose(options.chat, options.model)),
      endTokens(endTokensOf(options.model)) {
  const at::Device device = findDevice(options.device);
  precision = resolve(options.precision, options.model, device);
  decoder =
      loadDecoder(options.model, {precision, options.trainable, options.scores, device}, progress);
  checkVocabulary(*tokenizer, decoder->config().vocabularySize, name);
  if (!options.adapter.empty()) loadAdapter(*decoder, options.adapter);
}

LanguageModel::~LanguageModel() = default;
LanguageModel::LanguageModel(LanguageModel&&) noexcept = default;

std::string fingerprintOf(const std::filesystem::path& model,
                          const std::filesystem::path& adapter) {
  std::string facts;
  for (const std::filesystem::path& folder : {model, adapter}) {
    if (folder.empty()) continue;
    std::set<std::string> files;  // in an order that does not depend on the file system
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      files.insert(fmt::format("{} {} {}\n", entry.path().filename().string(), entry.file_size(),
                               entry.last_write_time().time_since_epoch().count()));
    }
    for (const std::string& file : files) facts += file;
  }
  return sha256(facts);
}

void checkVocabulary(const Tokenizer& tokenizer, std::int64_t vocabularySize,
                     const std::string& model) {
  const auto tokens = static_cast<std::int64_t>(tokenizer.vocabularySize());
  if (tokens <= vocabularySize) return;
  throw Error(fmt::format("the tokenizer has {} tokens, the model only {}", tokens, vocabularySize),
              model, "the tokenizer belongs to another model");
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
