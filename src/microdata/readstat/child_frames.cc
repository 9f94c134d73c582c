#include "microdata/readstat/child_frames.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>

#include "base/error.h"

namespace canvass {
namespace {

constexpr std::size_t bufferBytes = 1 << 18;
constexpr std::size_t baseMemory = std::size_t{2} << 30;
constexpr std::size_t baseSeconds = 60;
constexpr std::size_t bytesPerSecond = 1'000'000;  // far slower than any sound file is read

void limit(decltype(RLIMIT_AS) what, std::size_t amount) {
  const rlimit value{amount, amount};
  ::setrlimit(what, &value);
}

void limitThisProcess(std::size_t fileBytes) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGINT, SIG_IGN);  // it is for the parent to say when to stop
  ::signal(SIGPIPE, SIG_DFL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, baseSeconds + fileBytes / bytesPerSecond);
#if !defined(__SANITIZE_ADDRESS__)  // which reserves far more than any limit
  limit(RLIMIT_AS, baseMemory + 4 * fileBytes);
#endif
}

void writeAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) ::_exit(1);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void FrameSender::send(std::string_view frame) {
  const auto size = static_cast<std::uint32_t>(frame.size());
  waiting_.append(reinterpret_cast<const char*>(&size), sizeof size);
  waiting_.append(frame);
  if (waiting_.size() >= bufferBytes) flush();
}

void FrameSender::flush() {
  writeAll(descriptor_, waiting_);
  waiting_.clear();
}

ChildFrames::ChildFrames(std::size_t fileBytes, const std::function<void(FrameSender&)>& produce) {
  int ends[2];
  if (::pipe(ends) != 0) throw Error(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  process_ = ::fork();
  if (process_ == 0) {
    ::close(ends[0]);
    limitThisProcess(fileBytes);
    FrameSender sender(ends[1]);
    produce(sender);
    sender.flush();
    ::_exit(0);
  }
  ::close(ends[1]);
  descriptor_ = ends[0];
  if (process_ < 0) {
    ::close(descriptor_);
    throw Error(fmt::format("cannot start a process: {}", std::strerror(errno)));
  }
}

ChildFrames::~ChildFrames() {
  ::close(descriptor_);
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

// Makes at least this many unread bytes ready; false where the child sends no more.
bool ChildFrames::fill(std::size_t bytes) {
  buffer_.erase(0, position_);
  position_ = 0;
  while (buffer_.size() < bytes) {
    const std::size_t before = buffer_.size();
    buffer_.resize(std::max(bytes, before + bufferBytes));
    const ssize_t count = ::read(descriptor_, buffer_.data() + before, buffer_.size() - before);
    buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
  }
  return true;
}

bool ChildFrames::next(std::string_view& frame) {
  std::uint32_t size = 0;
  if (buffer_.size() - position_ < sizeof size && !fill(sizeof size)) {
    checkEnd();
    return false;
  }
  std::memcpy(&size, buffer_.data() + position_, sizeof size);
  if (buffer_.size() - position_ < sizeof size + size && !fill(sizeof size + size)) {
    checkEnd();
    return false;
  }
  frame = std::string_view(buffer_).substr(position_ + sizeof size, size);
  position_ += sizeof size + size;
  return true;
}

void ChildFrames::checkEnd() {
  int status = 0;
  const pid_t ended = ::waitpid(process_, &status, 0);
  process_ = -1;
  if (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  const bool bySignal = ended > 0 && WIFSIGNALED(status);
  throw Error(fmt::format("the file is damaged: its reader ended{}",
                          bySignal ? fmt::format(" by signal {}", WTERMSIG(status)) : ""),
              {}, "open it where it came from and save it again");
}

}  // namespace canvass
