#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"

namespace canvass {

// The frames that a program sends to its standard output, each preceded by its size (4 bytes). The
// program works on a file that may be hostile: a crash, an endless loop or runaway memory use there
// is an Error here.
class ChildFrames {
 public:
  // Starts `command`: the program's path, then arguments. Throws Error if it cannot be started.
  explicit ChildFrames(const std::vector<std::string>& command);
  // Ends the program if it is still running.
  ~ChildFrames();
  ChildFrames(const ChildFrames&) = delete;
  ChildFrames& operator=(const ChildFrames&) = delete;

  // The next frame; it lasts until the next call. False at the end of the program's work. Throws
  // Error, without a location, if the program did not come to its end.
  bool next(std::string_view& frame);

 private:
  bool fill(std::size_t bytes);
  void checkEnd();

  pid_t process_ = -1;
  Descriptor pipe_;
  std::string buffer_;
  std::size_t position_ = 0;
};

}  // namespace canvass
