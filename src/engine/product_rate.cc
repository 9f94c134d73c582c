#include "engine/product_rate.h"

#include <torch/torch.h>

#include <chrono>
#include <mutex>

#include "nn/operation_times.h"

namespace canvass {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

double bareProductRate(const Decoder& decoder, const WorkerPlan& plan, std::size_t rows) {
  constexpr double longEnough = 1.0;  // seconds
  double rate = 0.0;
  std::mutex mutex;
  runWorkers(plan, [&](std::size_t) {
    const at::NoGradGuard noGradients;
    decoder.multiplyOnly(rows);  // prepares the products for this number of rows
    operationTimes() = {};
    const auto start = Clock::now();
    while (secondsSince(start) < longEnough) decoder.multiplyOnly(rows);
    const double own = operationTimes().productOperations / secondsSince(start);
    const std::lock_guard lock(mutex);
    rate += own;
  });
  return rate;
}

}  // namespace canvass
