#include "tokenizer/sentencepiece_module.h"

#include <dlfcn.h>

#include "base/error.h"
#include "base/installation.h"
#include "tokenizer/train_sentencepiece.h"

namespace canvass {
namespace {

constexpr const char* moduleName = "libcanvass_sentencepiece.so";

// Deep binding makes the module find its own symbols before those of the program. The address
// sanitizer does not allow it; programs built with it contain no libtorch, so there is nothing to
// clash with.
#if defined(__SANITIZE_ADDRESS__)
constexpr int binding = RTLD_NOW | RTLD_LOCAL;
#else
constexpr int binding = RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND;
#endif

std::filesystem::path modulePath() {
  return installedFile(moduleName, CANVASS_BUILT_MODULE_FOLDER);
}

void* openModule() {
  const auto path = modulePath();
  void* module = ::dlopen(path.c_str(), binding);
  if (module == nullptr) {
    throw Error(std::string("the SentencePiece module cannot be opened: ") + ::dlerror(),
                path.string(), "reinstall canvass");
  }
  return module;
}

template <typename Function>
Function* functionOf(const char* name) {
  static void* const module = openModule();
  void* const address = ::dlsym(module, name);
  if (address == nullptr) {
    throw Error(std::string("the SentencePiece module has no function ") + name,
                modulePath().string(), "reinstall canvass");
  }
  return reinterpret_cast<Function*>(address);
}

}  // namespace

std::unique_ptr<const Tokenizer> openSentencePiece(const ModelFiles& model) {
  const auto open = functionOf<OpenSentencePiece>("canvassOpenSentencePiece");
  return std::unique_ptr<const Tokenizer>(open(model));
}

void trainSentencePiece(const std::vector<std::string>& lines, std::size_t vocabularySize,
                        const std::vector<std::string>& wholeWords,
                        const std::filesystem::path& folder) {
  const auto train = functionOf<TrainSentencePiece>("canvassTrainSentencePiece");
  train({lines, vocabularySize, wholeWords}, folder);
}

}  // namespace canvass
