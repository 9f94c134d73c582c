#pragma once

#include <map>
#include <memory>
#include <string>

#include "model_files/gguf/metadata.h"
#include "model_files/stored_tensor.h"

namespace canvass::gguf {

// A GGUF file, mapped: metadata and tensors keep it so. The header is checked before anything is
// used: versions 1 to 3, little-endian; counts, lengths and sizes within the file; known types;
// rows of whole blocks; tensors one after the other, each at a multiple of the alignment.
class GgufFile {
 public:
  // Throws Error naming the file and the fault.
  GgufFile(const ModelFiles& files, const std::string& name);

  const Metadata& metadata() const { return metadata_; }
  // By their names in the file, with row-major shapes (the file has them the other way round).
  const std::map<std::string, StoredTensor>& tensors() const { return tensors_; }

 private:
  std::shared_ptr<const FileBytes> file_;
  Metadata metadata_;
  std::map<std::string, StoredTensor> tensors_;
};

}  // namespace canvass::gguf
