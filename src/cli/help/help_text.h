#pragma once

#include <string>

#include "cli/help/verb_help.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// What `--help` prints: usage, what must be given, what may be, examples.
std::string helpText(const VerbHelp& verb, const TerminalStyle& style);

}  // namespace canvass
