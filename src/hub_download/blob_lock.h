#pragma once

#include <filesystem>

#include "base/descriptor.h"
#include "hub_download/reporter.h"

namespace canvass {

// Held by the one process that downloads a file, released with the object. Hugging Face's own tools
// take the same lock.
class BlobLock {
 public:
  // Waits for whoever holds it, and says so; `file` is what the user knows it as. Throws Error if
  // the lock cannot be made.
  BlobLock(const std::filesystem::path& path, const std::string& file, Reporter& reporter);

 private:
  Descriptor lock_;
};

}  // namespace canvass
