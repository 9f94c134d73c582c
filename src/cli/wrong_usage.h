#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace canvass {

// What is wrong with a command line that is misspelt, and what may have been meant.

// Of the first word that stands where a verb is expected and is not one; nothing if all are.
std::optional<std::string> unknownVerb(const CLI::App& app, int argc, const char* const* argv);

// Of the first option that the parsed verb does not have; nothing if it has all. For a parse that
// failed: a required option that is misspelt is missing, too.
std::optional<std::string> unknownOption(const CLI::App& app);

}  // namespace canvass
