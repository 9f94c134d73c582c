#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/descriptor.h"

namespace canvass {

// The descriptors that a program gets; its own are those of this process unless they are named. No
// other descriptor of this process is inherited.
struct StandardStreams {
  std::optional<int> input = std::nullopt;
  std::optional<int> output = std::nullopt;
  std::optional<int> errors = std::nullopt;
};

// What is typed at the terminal to interrupt this process reaches the programs of its group too.
enum class ProcessGroup { ofThisProcess, itsOwn };

// Starts `command` (program, then arguments) and returns its process id, to be waited for. A
// program without a folder is searched for as a shell does; nothing if there is none with this
// name. Throws Error if the system cannot start it for another reason. Any thread may call it.
std::optional<pid_t> startProgram(std::vector<std::string> command, const StandardStreams& streams,
                                  ProcessGroup group = ProcessGroup::ofThisProcess);

// A program in a group of its own and the end of the pipe that its standard output goes to.
struct ReadProgram {
  pid_t process = -1;
  Descriptor output;
};

// Starts `command`, to read what it writes: an interrupt at the terminal is for this process, which
// then decides what to do with the other. Returns and throws as startProgram() does.
std::optional<ReadProgram> startProgramToRead(const std::vector<std::string>& command);

// Waits for it to end; returns its status, as waitpid reports it.
int waitForProgram(pid_t process);

}  // namespace canvass
