#include "base/memory.h"
#include "cli/command_line.h"

int main(int argc, char** argv) {
  canvass::keepFreedMemory();
  return canvass::runCommandLine(argc, argv);
}
