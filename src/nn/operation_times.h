#pragma once

#include "base/stopwatch.h"

namespace canvass {

// Where the time of all workers together went, by kind of operation.
struct OperationTimes {
  double workerSeconds = 0.0;  // of each from the start of the work to its end, summed
  double productSeconds = 0.0;
  double productOperations = 0.0;  // multiplications and additions of these products
  double attentionSeconds = 0.0;

  // What is neither a product nor attention, waiting for the last worker included.
  double restSeconds() const { return workerSeconds - productSeconds - attentionSeconds; }

  OperationTimes& operator+=(const OperationTimes& other) {
    workerSeconds += other.workerSeconds;
    productSeconds += other.productSeconds;
    productOperations += other.productOperations;
    attentionSeconds += other.attentionSeconds;
    return *this;
  }
};

// Adds the time until its end to one of the sums above.
class Timed {
 public:
  explicit Timed(double& seconds) : seconds_(seconds) {}
  ~Timed() { seconds_ += watch_.seconds(); }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  double& seconds_;
  Stopwatch watch_;
};

}  // namespace canvass
