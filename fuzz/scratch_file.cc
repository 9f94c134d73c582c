#include "scratch_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

namespace canvass::fuzz {

ScratchFile::ScratchFile(std::string_view bytes) : descriptor_(::memfd_create("scratch", 0)) {
  if (descriptor_ < 0 ||
      ::write(descriptor_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("no file in memory");
  }
  path_ = "/proc/self/fd/" + std::to_string(descriptor_);
}

ScratchFile::~ScratchFile() { ::close(descriptor_); }

}  // namespace canvass::fuzz
