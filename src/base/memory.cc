#include "base/memory.h"

#include <malloc.h>

#include <climits>

namespace canvass {

void keepFreedMemory() {
#if defined(__GLIBC__)
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
}

}  // namespace canvass
