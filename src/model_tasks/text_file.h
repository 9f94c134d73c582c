#pragma once

#include <fstream>
#include <string>

#include "engine/writing/written_predictions.h"

namespace canvass {

// The texts that a model wrote, one a line with what was read from it, kept as they come in
// PATH.partial, where a later run goes on. Throws Error where they cannot be written.
class TextFile {
 public:
  // Without a path nothing is kept.
  explicit TextFile(const std::string& path);

  WrittenRecordSink sink();
  void flush() { stream_.flush(); }
  // The file appears.
  void finish();

 private:
  void append(const WrittenRecord& record);
  std::string partial() const { return path_ + ".partial"; }

  std::string path_;
  std::ofstream stream_;
};

}  // namespace canvass
