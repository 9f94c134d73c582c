#include "base/start_program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

extern char** environ;

namespace canvass {
namespace {

// The settings for posix_spawn, released with the object.
class SpawnSettings {
 public:
  SpawnSettings() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
  }
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  void give(std::optional<int> descriptor, int as) {
    if (descriptor) ::posix_spawn_file_actions_adddup2(&actions_, *descriptor, as);
  }
  void closeOthers() { ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1); }
  void makeGroup() {
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
  }

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

std::optional<pid_t> startProgram(std::vector<std::string> command, const StandardStreams& streams,
                                  ProcessGroup group) {
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  SpawnSettings settings;
  settings.give(streams.input, STDIN_FILENO);
  settings.give(streams.output, STDOUT_FILENO);
  settings.give(streams.errors, STDERR_FILENO);
  settings.closeOthers();
  if (group == ProcessGroup::itsOwn) settings.makeGroup();
  pid_t process = 0;
  const int fault = ::posix_spawnp(&process, arguments[0], settings.actions(),
                                   settings.attributes(), arguments.data(), environ);
  if (fault == ENOENT) return std::nullopt;
  if (fault != 0) throw Error(fmt::format("cannot be run: {}", std::strerror(fault)), command[0]);
  return process;
}

std::optional<ReadProgram> startProgramToRead(const std::vector<std::string>& command) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    throw Error(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  ReadProgram program{-1, Descriptor(ends[0])};
  const Descriptor output(ends[1]);
  const auto process = startProgram(command, {.output = output.number()}, ProcessGroup::itsOwn);
  if (!process) return std::nullopt;
  program.process = *process;
  return program;
}

int waitForProgram(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) {
      throw Error(fmt::format("cannot wait for a program: {}", std::strerror(errno)));
    }
  }
  return status;
}

}  // namespace canvass
