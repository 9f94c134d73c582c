#include "base/memory.h"

#include <malloc.h>
#include <sys/resource.h>

#include <climits>

namespace canvass {

void keepFreedMemory() {
#if defined(__GLIBC__)
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, INT_MAX);
  // Other threads' arenas are given back whenever they are empty, whatever the threshold.
  ::mallopt(M_ARENA_MAX, 1);
#endif
}

double peakMemoryMegabytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024.0 / 1e6;
}

}  // namespace canvass
