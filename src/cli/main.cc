#include "cli/command_line.h"
#include "cli/engine_program.h"
#include "cli/verbs.h"

int main(int argc, char** argv) {
  if (argc > 1 && canvass::isModelVerb(argv[1])) return canvass::becomeEngineProgram(argv);
  return canvass::runCommandLine(argc, argv, canvass::addVerbs);
}
