#pragma once

#include <string>
#include <string_view>

namespace canvass {

// Sends frames to whoever started this process: each is preceded by its size, as ChildFrames reads
// them. Ends the process if nobody is reading any more.
class FrameSender {
 public:
  explicit FrameSender(int descriptor) : descriptor_(descriptor) {}
  // Small frames are held back until there is enough to send.
  void send(std::string_view frame);
  void flush();

 private:
  int descriptor_;
  std::string waiting_;
};

}  // namespace canvass
