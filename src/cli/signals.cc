#include "cli/signals.h"

#include <unistd.h>

#include <csignal>
#include <cstring>

#include "base/mapped_pages.h"

namespace canvass {
namespace {

// Nothing but what a signal's handler may do: no memory is taken, and nothing is locked.
void put(const char* text) {
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text, std::strlen(text));
}

void putName(const char* name) {
  for (; *name != '\0'; ++name) {
    const bool isControl = static_cast<unsigned char>(*name) < 0x20 || *name == 0x7F;
    const char shown[] = {isControl ? '?' : *name, '\0'};
    put(shown);
  }
}

void onBusError(int signal, siginfo_t* fault, void*) {
  if (const char* const file = mappedFileAt(fault->si_addr)) {
    put("canvass: ");
    putName(file);
    put(": it became shorter while it was read; start again when no other program writes to it\n");
    ::_exit(1);
  }
  std::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

void explainShorterFiles() {
  struct sigaction action {};
  action.sa_sigaction = onBusError;
  action.sa_flags = SA_SIGINFO;
  ::sigaction(SIGBUS, &action, nullptr);
}

}  // namespace canvass
