#include "engine/forest/workers.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace canvass {
namespace {

constexpr std::size_t maxWorkers = 16;
// Fewer tokens leave a matrix product with too few rows to be quick.
constexpr std::size_t tokensWorthAWorker = 192;

// Sets the number of threads of the calling thread's operations, and restores it at its end.
class ThreadCount {
 public:
  explicit ThreadCount(int threads) : before_(at::get_num_threads()) {
    at::set_num_threads(threads);
  }
  ~ThreadCount() { at::set_num_threads(before_); }
  ThreadCount(const ThreadCount&) = delete;
  ThreadCount& operator=(const ThreadCount&) = delete;

 private:
  int before_;
};

}  // namespace

WorkerPlan planWorkers(std::size_t tokens, int threads) {
  const auto available = static_cast<std::size_t>(std::max(threads, 1));
  const std::size_t worthwhile = std::max<std::size_t>(tokens / tokensWorthAWorker, 1);
  const std::size_t workers = std::min({available, worthwhile, maxWorkers});
  return {workers, static_cast<int>(available / workers)};
}

void runWorkers(const WorkerPlan& plan, const std::function<void(std::size_t)>& work) {
  if (plan.workers == 1) {
    work(0);
    return;
  }
  std::mutex mutex;
  std::exception_ptr failure;
  const auto guarded = [&](std::size_t worker) {
    try {
      at::set_num_threads(plan.threadsEach);
      work(worker);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  // What a thread sets also applies to threads that start later.
  const ThreadCount restored(plan.threadsEach);
  std::vector<std::thread> threads;
  for (std::size_t worker = 0; worker < plan.workers; ++worker) {
    threads.emplace_back(guarded, worker);
  }
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace canvass
