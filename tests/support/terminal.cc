#include "support/terminal.h"

#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

namespace canvass::test {

std::string runOnTerminal(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {CANVASS_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  winsize size{};
  size.ws_row = 24;
  size.ws_col = 80;
  int terminal = -1;
  const pid_t process = ::forkpty(&terminal, nullptr, nullptr, &size);
  if (process == 0) {
    ::unsetenv("NO_COLOR");
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }
  EXPECT_GT(process, 0);
  std::string screen;
  char buffer[4096];
  // At the program's end reading fails.
  for (ssize_t got = 0; (got = ::read(terminal, buffer, sizeof buffer)) > 0;) {
    screen.append(buffer, static_cast<std::size_t>(got));
  }
  ::close(terminal);
  int status = 0;
  ::waitpid(process, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  return screen;
}

}  // namespace canvass::test
