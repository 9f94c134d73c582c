#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace canvass {

// Sends frames from a child process to its parent. Ends the process where nobody reads any more.
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

// Work on a file that may be hostile, in a child process of its own: a crash, endless work or a
// greed for memory there is an Error here. The caller's process should have no other threads.
class ChildFrames {
 public:
  // `fileBytes`: the size of the file that the child reads; its limits grow with it.
  // `produce` runs in the child; it must not throw.
  ChildFrames(std::size_t fileBytes, const std::function<void(FrameSender&)>& produce);
  // Ends the child where it still runs.
  ~ChildFrames();
  ChildFrames(const ChildFrames&) = delete;
  ChildFrames& operator=(const ChildFrames&) = delete;

  // The next frame; it lasts until the next call. False at the end of the child's work. Throws
  // Error, without a place, where the child did not come to its end.
  bool next(std::string_view& frame);

 private:
  bool fill(std::size_t bytes);
  void checkEnd();

  pid_t process_ = -1;
  int descriptor_ = -1;
  std::string buffer_;
  std::size_t position_ = 0;
};

}  // namespace canvass
