#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/help/verb_help.h"

namespace canvass {

// "bash", "zsh", "fish".
const std::vector<std::string>& shellNames();

// A script for the shell that completes verbs, options and choices, and file names elsewhere.
// Throws Error for another shell.
std::string completionScript(const VerbHelp& program, std::string_view shell);

}  // namespace canvass
