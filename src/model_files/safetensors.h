#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model_files/model_files.h"
#include "model_files/stored_tensor.h"

namespace canvass {

// A safetensors file, mapped: its tensors keep it so. The header is checked as strictly as the
// reference implementation does: no holes, overlaps, trailing bytes, repeated names or overflowing
// sizes.
class SafetensorsFile {
 public:
  // Throws Error naming the file and the fault.
  SafetensorsFile(const ModelFiles& files, const std::string& name);

  const std::map<std::string, StoredTensor>& tensors() const { return tensors_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }

 private:
  std::map<std::string, StoredTensor> tensors_;
  std::map<std::string, std::string> metadata_;
};

// Writes one file atomically, the header padded with spaces so that the data starts at a multiple
// of 8 bytes. `tensors` are borrowed for the call.
void writeSafetensors(const std::filesystem::path& path,
                      const std::map<std::string, StoredTensor>& tensors,
                      const std::map<std::string, std::string>& metadata = {{"format", "pt"}});

}  // namespace canvass
