#include "engine/scoring/product_rate.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <mutex>

#include "base/stopwatch.h"
#include "nn/execution_context.h"

namespace canvass {

double bareProductRate(const Decoder& decoder, const WorkerPlan& plan, std::size_t rows) {
  constexpr double longEnough = 1.0;  // seconds
  double rate = 0.0;
  std::mutex mutex;
  runWorkers(plan, [&](std::size_t) {
    const c10::NoGradGuard noGradients;
    ExecutionContext preparing, measured;
    decoder.multiplyOnly(rows, preparing);  // prepares the products for this number of rows
    const Stopwatch watch;
    while (watch.seconds() < longEnough) decoder.multiplyOnly(rows, measured);
    const double own = measured.times->productOperations / watch.seconds();
    const std::lock_guard lock(mutex);
    rate += own;
  });
  return rate;
}

}  // namespace canvass
