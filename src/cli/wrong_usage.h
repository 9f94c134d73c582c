#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace canvass {

// What is wrong with a misspelled command line, and what may have been meant.

// For the first word in the position of a verb that is not a verb; nothing if all are.
std::optional<std::string> unknownVerb(const CLI::App& app, int argc, const char* const* argv);

// For the first option that the parsed verb does not have; nothing if it has all. Only for a parse
// that failed: a misspelled required option is also a missing one.
std::optional<std::string> unknownOption(const CLI::App& app);

// For any other error of the parser: its words, and where help is.
std::string wrongUsage(const CLI::App& app, const CLI::ParseError& error);

}  // namespace canvass
