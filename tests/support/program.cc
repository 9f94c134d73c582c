#include "support/program.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/file.h"

namespace canvass::test {
namespace {

void redirect(int stream, const std::filesystem::path& file, int flags) {
  const int descriptor = ::open(file.c_str(), flags, 0600);
  if (descriptor < 0 || ::dup2(descriptor, stream) < 0) ::_exit(126);
}

#if defined(__SANITIZE_ADDRESS__)
constexpr bool memoryIsLimitable = false;  // the sanitizer itself reserves more than there is
#else
constexpr bool memoryIsLimitable = true;
#endif

void limitThisProcess(RunLimits limits) {
  if (limits.megabytes > 0 && memoryIsLimitable) {
    const rlim_t bytes = static_cast<rlim_t>(limits.megabytes) << 20;
    const rlimit memory{bytes, bytes};
    ::setrlimit(RLIMIT_DATA, &memory);
  }
  // The alarm outlives exec, and SIGALRM ends the program.
  if (limits.seconds > 0) ::alarm(limits.seconds);
}

[[noreturn]] void become(std::vector<std::string> arguments, const std::filesystem::path& folder,
                         RunLimits limits) {
  redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
  redirect(STDOUT_FILENO, folder / "output", O_WRONLY | O_CREAT);
  redirect(STDERR_FILENO, folder / "errors", O_WRONLY | O_CREAT);
  limitThisProcess(limits);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  ::execv(pointers[0], pointers.data());
  ::_exit(127);
}

}  // namespace

bool canvassDraws() { return CANVASS_DRAWS != 0; }

bool canvassLoadsModels() { return CANVASS_LOADS_MODELS != 0; }

Program::Program(const std::vector<std::string>& arguments, RunLimits limits) {
  std::vector<std::string> whole = {CANVASS_PROGRAM};
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  start(std::move(whole), limits);
}

Program::Program(const ShellLine& line) {
  start({"/bin/sh", "-c", "canvass() { " CANVASS_PROGRAM " \"$@\"; }\n" + line.text}, {});
}

void Program::start(std::vector<std::string> command, RunLimits limits) {
  process_ = ::fork();
  if (process_ == 0) become(std::move(command), folder_.path(), limits);
}

bool Program::wait(int how) {
  rusage usage{};
  if (!ended_ && ::wait4(process_, &status_, how, &usage) == process_) {
    ended_ = true;
    seconds_ = static_cast<double>(usage.ru_utime.tv_sec) +
               static_cast<double>(usage.ru_utime.tv_usec) * 1e-6;
  }
  return ended_;
}

void Program::interrupt() const { ::kill(process_, SIGINT); }

bool Program::isRunning() { return !wait(WNOHANG); }

Finished Program::finish() {
  wait(0);
  const int code = WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
  return {code, readFile(folder_.path() / "output"), readFile(folder_.path() / "errors"), seconds_};
}

Finished runInShell(const std::string& line) { return Program(Program::ShellLine{line}).finish(); }

Finished runProgram(const std::vector<std::string>& arguments, RunLimits limits) {
  return Program(arguments, limits).finish();
}

std::string outputOf(const std::vector<std::string>& arguments) {
  const Finished finished = runProgram(arguments);
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  return finished.output;
}

}  // namespace canvass::test
