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
};

// A run of the built program `canvass`, with no terminal and no input.
class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments);
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
  void start(std::vector<std::string> command);

  TemporaryFolder folder_;  // what it prints
  pid_t process_ = -1;
  int status_ = -1;
  bool ended_ = false;
};

Finished runProgram(const std::vector<std::string>& arguments);
// A line for the shell, in which "canvass" is the program: "canvass --help > /dev/full".
Finished runInShell(const std::string& line);
// The same, with a failure of the test where it does not end with 0. Returns what it printed.
std::string outputOf(const std::vector<std::string>& arguments);

}  // namespace canvass::test
