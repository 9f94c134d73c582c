#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/growing_file.h"
#include "engine/writing/written_predictions.h"

namespace canvass {

// The texts that a model wrote, one per line with what was read from it, kept as they come in
// PATH.partial, to which a later run appends. Throws Error if they cannot be written.
class TextFile {
 public:
  // Keeps nothing if the path is empty.
  explicit TextFile(std::filesystem::path path, Storage& storage = disk());

  WrittenRecordSink sink();
  // All of them are handed to the system when this returns.
  void flush();
  // Renames the partial file to its final name.
  void finish();

 private:
  std::filesystem::path path_;
  std::optional<GrowingFile> file_;
  std::string pending_;
};

}  // namespace canvass
