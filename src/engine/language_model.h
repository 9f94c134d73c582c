#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/progress.h"
#include "model/load.h"
#include "model/precision.h"
#include "model_files/model_files.h"
#include "prompt/chat_format.h"
#include "tokenizer/tokenizer.h"

namespace canvass {

class Decoder;

enum class PrecisionChoice { automatic, float32, bfloat16 };

struct ModelOptions {
  std::shared_ptr<const ModelFiles> model;
  std::shared_ptr<const ModelFiles> adapter = nullptr;  // PEFT's files, if there is an adapter
  // automatic: bf16 if the weights are stored in 16 bits and the device multiplies bf16, else
  // fp32.
  PrecisionChoice precision = PrecisionChoice::automatic;
  WeightChoice weights = WeightChoice::automatic;  // dense if the model is only trained
  std::string chat = "auto";                       // see ChatFormat::choose
  bool trainable = false;      // keep all weights in fp32 and record their gradients
  bool scores = true;          // will be used for predictions, not only trained
  std::string device = "cpu";  // "auto" takes a GPU if there is one, else the CPU
};

// A model ready to be asked: decoder, tokenizer and chat format.
struct LanguageModel {
  // Progress counts bytes.
  explicit LanguageModel(const ModelOptions& options, Progress& progress = noProgress());
  ~LanguageModel();
  LanguageModel(LanguageModel&&) noexcept;

  std::shared_ptr<const ModelFiles> files;
  std::shared_ptr<const ModelFiles> adapterFiles;  // null without an adapter
  std::string name;                                // the model folder as given
  std::string adapterName;                         // the adapter folder as given, or empty
  WeightChoice weights = WeightChoice::automatic;  // as asked for
  Precision precision = Precision::float32;
  std::unique_ptr<const Tokenizer> tokenizer;
  ChatFormat chat;
  std::unique_ptr<Decoder> decoder;
  std::vector<TokenId> endTokens;  // at which a text that it writes ends; empty if not specified
};

// Changes when a file of the model or its adapter does: a hash over what identifies their files.
// Weights are not read for it.
std::string fingerprintOf(const LanguageModel& model);

// Throws Error at `model` if the tokenizer has more tokens than the model.
void checkVocabulary(const Tokenizer& tokenizer, std::int64_t vocabularySize,
                     const std::string& model);

const char* precisionName(Precision precision);  // "fp32", "bf16"
// What its numbers depend on besides its files: the precision, and how weights were quantized while
// loading, if they were: "fp32", "fp32, Q8_0 weights".
std::string precisionOf(const LanguageModel& model);
// Throws Error for a word other than auto, fp32, bf16.
PrecisionChoice parsePrecision(const std::string& name);

// Throws Error for a word other than auto, dense, stored, q8_0, q4_k.
WeightChoice parseWeights(const std::string& name);

// Threads of all later computation; 0 takes every processor (some builds of libtorch would take
// one).
void setThreads(int threads);

}  // namespace canvass
