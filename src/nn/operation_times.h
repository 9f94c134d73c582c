#pragma once

#include <chrono>

namespace canvass {

// Where a thread's computing time went, by kind of operation.
struct OperationTimes {
  double productSeconds = 0.0;
  double productOperations = 0.0;  // multiplications and additions of these products
  double attentionSeconds = 0.0;

  OperationTimes& operator+=(const OperationTimes& other) {
    productSeconds += other.productSeconds;
    productOperations += other.productOperations;
    attentionSeconds += other.attentionSeconds;
    return *this;
  }
};

// Of the calling thread since it last set them back: the operations of this folder add to them.
inline OperationTimes& operationTimes() {
  thread_local OperationTimes times;
  return times;
}

// Adds the time until its end to one of the sums above.
class Timed {
 public:
  explicit Timed(double& seconds) : seconds_(seconds), start_(Clock::now()) {}
  ~Timed() { seconds_ += std::chrono::duration<double>(Clock::now() - start_).count(); }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  using Clock = std::chrono::steady_clock;
  double& seconds_;
  Clock::time_point start_;
};

}  // namespace canvass
