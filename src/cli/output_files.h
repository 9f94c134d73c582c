#pragma once

namespace CLI {
class App;
}

namespace canvass {

// Throws CLI::ValidationError naming the option if what a verb is to write would replace what it is
// to read, under whatever path, or if two of its outputs are one file. To be called once the
// command line is read, before anything is done.
void requireOutputsApart(const CLI::App& verb);

}  // namespace canvass
