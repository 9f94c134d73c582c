#include "microdata/readstat/child_frames.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "base/start_program.h"

namespace canvass {
namespace {

constexpr std::size_t bufferBytes = 1 << 18;
constexpr std::uint32_t maximumFrameBytes = 1 << 30;  // more is not a frame but a crash under way

[[noreturn]] void failForDamage(const std::string& how) {
  throw Error(fmt::format("the file is damaged: its reader {}", how), {},
              "open it in the program it came from and save it again");
}

}  // namespace

ChildFrames::ChildFrames(const std::vector<std::string>& command) {
  auto program = startProgramToRead(command);
  if (!program) throw Error("there is no such program", command[0], "reinstall canvass");
  process_ = program->process;
  pipe_ = std::move(program->output);
}

ChildFrames::~ChildFrames() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

// Makes at least this many unread bytes ready; false if the program sends no more.
bool ChildFrames::fill(std::size_t bytes) {
  buffer_.erase(0, position_);
  position_ = 0;
  while (buffer_.size() < bytes) {
    const std::size_t before = buffer_.size();
    buffer_.resize(std::max(bytes, before + bufferBytes));
    const ssize_t count = ::read(pipe_.number(), buffer_.data() + before, buffer_.size() - before);
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
  if (size > maximumFrameBytes) failForDamage("sent unreadable data");
  if (buffer_.size() - position_ < sizeof size + size && !fill(sizeof size + size)) {
    checkEnd();
    return false;
  }
  frame = std::string_view(buffer_).substr(position_ + sizeof size, size);
  position_ += sizeof size + size;
  return true;
}

// Called when no more data comes.
void ChildFrames::checkEnd() {
  if (process_ < 0) return;
  const int status = waitForProgram(std::exchange(process_, -1));
  if (WIFSIGNALED(status)) failForDamage(fmt::format("ended by signal {}", WTERMSIG(status)));
  if (WEXITSTATUS(status) != 0) failForDamage("ended");
  if (buffer_.size() > position_) failForDamage("ended in the middle of a frame");
}

}  // namespace canvass
