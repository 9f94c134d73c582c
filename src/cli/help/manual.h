#pragma once

#include <map>
#include <string>

#include "cli/help/verb_help.h"

namespace canvass {

// The reference of all verbs as one page of Markdown.
std::string manualMarkdown(const VerbHelp& program);

// The same as man pages by file name: canvass.1, canvass-predict.1, canvass-combine-fit.1.
std::map<std::string, std::string> manualPages(const VerbHelp& program);

}  // namespace canvass
