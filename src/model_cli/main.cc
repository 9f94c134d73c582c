#include "base/memory.h"
#include "cli/command_line.h"
#include "model_cli/verbs.h"

int main(int argc, char** argv) {
  canvass::keepFreedMemory();
  return canvass::runCommandLine(argc, argv, canvass::addModelVerbs);
}
