#include "base/child_process.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "base/error.h"

extern char** environ;

namespace canvass {
namespace {

// Files without a name rather than pipes: neither side can wait for the other.
class Stream {
 public:
  Stream() : file_(std::tmpfile()) {
    if (file_ == nullptr) {
      throw Error(fmt::format("cannot make a temporary file: {}", std::strerror(errno)));
    }
  }

  void write(std::string_view text) {
    const bool whole = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size();
    if (!whole || std::fflush(file_.get()) != 0) {
      throw Error(fmt::format("cannot write a temporary file: {}", std::strerror(errno)));
    }
    std::rewind(file_.get());
  }

  std::string read() {
    std::string text;
    std::rewind(file_.get());
    char buffer[1 << 16];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, file_.get())) {
      text.append(buffer, size);
    }
    return text;
  }

  int descriptor() const { return ::fileno(file_.get()); }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

// The process id; nothing where there is no such program.
std::optional<pid_t> start(std::vector<std::string> command, const Stream& input,
                           const Stream& output, const Stream& errors) {
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input.descriptor(), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output.descriptor(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, errors.descriptor(), STDERR_FILENO);
  pid_t process = 0;
  const int fault =
      ::posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (fault == ENOENT) return std::nullopt;
  if (fault != 0) throw Error(fmt::format("cannot be run: {}", std::strerror(fault)), command[0]);
  return process;
}

int exitCodeOf(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) {
      throw Error(fmt::format("cannot wait for a program: {}", std::strerror(errno)));
    }
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::optional<ChildResult> runChild(const std::vector<std::string>& command,
                                    std::string_view input) {
  Stream in;
  Stream out;
  Stream errors;
  in.write(input);
  const std::optional<pid_t> process = start(command, in, out, errors);
  if (!process) return std::nullopt;
  const int code = exitCodeOf(*process);
  return ChildResult{code, out.read(), errors.read()};
}

}  // namespace canvass
