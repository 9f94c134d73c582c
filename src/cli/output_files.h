#pragma once

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace canvass {

// True if the option names a file or folder that is written.
bool namesOutput(const CLI::Option& option);

// Throws CLI::ValidationError naming the option if what a verb is to write would replace what it is
// to read, under whatever path, or if two of its outputs are one file, or an output is the standard
// one, which takes messages. To be called once the command line is read, before anything is done.
void requireOutputsApart(const CLI::App& verb);

}  // namespace canvass
