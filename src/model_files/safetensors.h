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

namespace canvass {

enum class ElementType { float32, float16, bfloat16, float64, int64, int32, uint8, boolean };

std::size_t elementSize(ElementType type);
const char* elementTypeName(ElementType type);  // as safetensors spells it: "F32", "BF16"
bool isFloatingPoint(ElementType type);         // the types that weights can be stored in

// One tensor: row-major bytes, and the file that they are part of, if they were read.
struct StoredTensor {
  ElementType type = ElementType::float32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;
  std::shared_ptr<const FileBytes> file = nullptr;
};

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
