#include "cli/command_line.h"
#include "cli/engine_program.h"
#include "cli/verbs.h"

namespace {

void addEveryName(CLI::App& app) {
  canvass::addVerbs(app);
  canvass::nameEngineVerbs(app);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && canvass::isEngineVerb(argv[1])) return canvass::execEngineProgram(argv);
  return canvass::runCommandLine(argc, argv, addEveryName);
}
