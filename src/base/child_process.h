#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// What a program left when it ended.
struct ChildResult {
  int exitCode = 0;  // 128 + the signal that ended it
  std::string output;
  std::string errors;
};

// Runs `command` (program, then arguments) with `input` on its standard input and waits for its
// end. The program is looked for as a shell does; nothing where there is none of this name. Throws
// Error where the system cannot start it for another reason.
std::optional<ChildResult> runChild(const std::vector<std::string>& command,
                                    std::string_view input);

}  // namespace canvass
