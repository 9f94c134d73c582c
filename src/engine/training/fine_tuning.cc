#include "engine/training/fine_tuning.h"

#include <ATen/ATen.h>
#include <torch/version.h>

#include "base/file.h"
#include "model/adapter.h"
#include "model/load.h"
#include "model_files/companion_files.h"

namespace canvass {
void copyModelCompanions(const ModelFiles& from, const std::filesystem::path& to) {
  for (const char* name : companionFiles) {
    if (from.has(name)) writeFileAtomically(to / name, from.read(name));
  }
}

LanguageModel loadForFineTuning(ModelOptions options, const FineTuning& fineTuning,
                                std::uint64_t seed, Progress& progress) {
  options.trainable = !fineTuning.adapter.has_value();
  options.scores = false;
  LanguageModel model(options, progress);
  if (fineTuning.adapter) attachNewAdapter(*model.decoder, *fineTuning.adapter, seed);
  return model;
}

void saveFineTuned(const LanguageModel& model, const FineTuning& fineTuning,
                   const std::filesystem::path& folder) {
  if (fineTuning.adapter) {
    saveAdapter(*model.decoder, *fineTuning.adapter, folder);
  } else {
    copyModelCompanions(*model.files, folder);
    saveDecoderWeights(*model.decoder, folder);
  }
}

std::string torchVersion() { return TORCH_VERSION; }

}  // namespace canvass
