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

  // Ctrl-C.
  void interrupt() const;
  bool isRunning();
  Finished finish();

 private:
  TemporaryFolder folder_;  // what it prints
  pid_t process_ = -1;
  int status_ = -1;
  bool ended_ = false;
};

Finished runProgram(const std::vector<std::string>& arguments);
// The same, with a failure of the test where it does not end with 0. Returns what it printed.
std::string outputOf(const std::vector<std::string>& arguments);

}  // namespace canvass::test
