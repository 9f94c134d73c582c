#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// What a program left behind when it ended.
struct ChildResult {
  int exitCode = 0;  // 128 + the signal that ended it
  std::string output;
  std::string errors;
};

// Runs `command` (program, then arguments) with `input` on its standard input and waits for its
// end. The program is searched for as a shell does; nothing if there is none with this name.
// Throws Error if the system cannot start it for another reason.
std::optional<ChildResult> runChild(const std::vector<std::string>& command,
                                    std::string_view input);

}  // namespace canvass
