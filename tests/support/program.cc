#include "support/program.h"

#include <fcntl.h>
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

[[noreturn]] void become(std::vector<std::string> arguments, const std::filesystem::path& folder) {
  redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
  redirect(STDOUT_FILENO, folder / "output", O_WRONLY | O_CREAT);
  redirect(STDERR_FILENO, folder / "errors", O_WRONLY | O_CREAT);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  ::execv(pointers[0], pointers.data());
  ::_exit(127);
}

}  // namespace

bool canvassDraws() { return CANVASS_DRAWS != 0; }

bool canvassLoadsModels() { return CANVASS_LOADS_MODELS != 0; }

Program::Program(const std::vector<std::string>& arguments) {
  std::vector<std::string> whole = {CANVASS_PROGRAM};
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  start(std::move(whole));
}

Program::Program(const ShellLine& line) {
  start({"/bin/sh", "-c", "canvass() { " CANVASS_PROGRAM " \"$@\"; }\n" + line.text});
}

void Program::start(std::vector<std::string> command) {
  process_ = ::fork();
  if (process_ == 0) become(std::move(command), folder_.path());
}

void Program::interrupt() const { ::kill(process_, SIGINT); }

bool Program::isRunning() {
  if (!ended_) ended_ = ::waitpid(process_, &status_, WNOHANG) == process_;
  return !ended_;
}

Finished Program::finish() {
  if (!ended_) ::waitpid(process_, &status_, 0);
  ended_ = true;
  const int code = WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
  return {code, readFile(folder_.path() / "output"), readFile(folder_.path() / "errors")};
}

Finished runInShell(const std::string& line) { return Program(Program::ShellLine{line}).finish(); }

Finished runProgram(const std::vector<std::string>& arguments) {
  return Program(arguments).finish();
}

std::string outputOf(const std::vector<std::string>& arguments) {
  const Finished finished = runProgram(arguments);
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  return finished.output;
}

}  // namespace canvass::test
