#pragma once

namespace canvass {

// Makes the allocator keep freed memory for the next request instead of returning it to the system.
// A forward pass frees and asks for the same large buffers all the time; without this, a third of
// the time of training a small model goes into page faults. Process-wide: for main() to call.
void keepFreedMemory();

// The most memory this process has held, in units of 10^6 bytes.
double peakMemoryMegabytes();

}  // namespace canvass
