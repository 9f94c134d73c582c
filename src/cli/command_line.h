#pragma once

namespace CLI {
class App;
}

namespace canvass {

// Runs one of the verbs that `addVerbs` adds. Returns 0 done, 1 failed (the reason on standard
// error), 2 wrong usage.
int runCommandLine(int argc, const char* const* argv, void (*addVerbs)(CLI::App&));

}  // namespace canvass
