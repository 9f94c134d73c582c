#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "support/test_support.h"

namespace canvass::test {

// Whether the program was built with its drawing code, and with the part that loads models.
bool canvassDraws();
bool canvassLoadsModels();

// What a run of the program left behind.
struct Finished {
  int exitCode = -1;  // 128 + signal where a signal ended it
  std::string output;
  std::string errors;
  double processorSeconds = 0.0;  // of the program itself, not of the kernel
};

// What a run may take: past it the system refuses memory, or ends the program.
struct RunLimits {
  std::size_t megabytes = 0;  // of its own memory; not under the address sanitizer; 0: all there is
  unsigned seconds = 0;       // on the clock; 0: as long as it takes
};

// A run of the built program `canvass`, with no terminal and no input.
class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments, RunLimits limits = {});
  // The same of a line for the shell, in which `canvass` is that program.
  struct ShellLine {
    std::string text;
  };
  explicit Program(const ShellLine& line);
  // Ctrl-C.
  void interrupt() const;
  bool isRunning();
  Finished finish();

 private:
  void start(std::vector<std::string> command, RunLimits limits);

  TemporaryFolder folder_;  // what it prints
  pid_t process_ = -1;
  int status_ = -1;
  double seconds_ = 0.0;
  bool ended_ = false;

  // True once it has ended; `how`: as waitpid takes it.
  bool wait(int how);
};

Finished runProgram(const std::vector<std::string>& arguments, RunLimits limits = {});
// A line for the shell, in which "canvass" is the program: "canvass --help > /dev/full".
Finished runInShell(const std::string& line);
// The same, with a failure of the test where it does not end with 0. Returns what it printed.
std::string outputOf(const std::vector<std::string>& arguments);

}  // namespace canvass::test
