#include "base/memory.h"
#include "cli/command_line.h"
#include "cli/verbs.h"
#include "model_cli/verbs.h"

namespace {

// The other program's verbs too: completions and manual cover all.
void addEveryVerb(CLI::App& app) {
  canvass::addVerbs(app);
  canvass::addModelVerbs(app);
}

}  // namespace

int main(int argc, char** argv) {
  canvass::keepFreedMemory();
  return canvass::runCommandLine(argc, argv, addEveryVerb);
}
