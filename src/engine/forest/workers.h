#pragma once

#include <cstddef>
#include <functional>

namespace canvass {

// How the processors are divided: several forests at a time, each by a few threads. Forests are
// independent of each other, so their workers never wait; threads that share one forest wait for
// the slowest of them after each operation.
struct WorkerPlan {
  std::size_t workers = 1;
  int threadsEach = 1;
};

// For this many tokens in total. One worker with all threads if there are too few for more; if
// there are many processors, some threads to a worker, since each worker holds activations of its
// own.
WorkerPlan planWorkers(std::size_t tokens, int threads);

// Calls work(worker) for 0 .. workers-1, each in a thread of its own with `threadsEach` for its
// operations; a single worker is the calling thread. Returns when all have ended; rethrows the
// exception of the first one to fail.
void runWorkers(const WorkerPlan& plan, const std::function<void(std::size_t)>& work);

}  // namespace canvass
