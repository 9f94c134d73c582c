#pragma once

#include "base/stopwatch.h"

namespace canvass {

// Where computing time went, by kind of operation.
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
