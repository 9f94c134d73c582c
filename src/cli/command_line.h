#pragma once

namespace canvass {

// Runs one verb. Returns 0 done, 1 failed (the reason on standard error), 2 wrong usage.
int runCommandLine(int argc, const char* const* argv);

}  // namespace canvass
