#include "readstat/frame_sender.h"

#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace canvass {
namespace {

constexpr std::size_t bytesWorthSending = 1 << 18;

}  // namespace

void FrameSender::send(std::string_view frame) {
  const auto size = static_cast<std::uint32_t>(frame.size());
  waiting_.append(reinterpret_cast<const char*>(&size), sizeof size);
  waiting_.append(frame);
  if (waiting_.size() >= bytesWorthSending) flush();
}

void FrameSender::flush() {
  std::string_view bytes = waiting_;
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) ::_exit(1);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  waiting_.clear();
}

}  // namespace canvass
