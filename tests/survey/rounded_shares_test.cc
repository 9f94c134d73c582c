#include "survey/rounded_shares.h"

#include <gtest/gtest.h>

namespace canvass {
namespace {

TEST(RoundingTolerance, IsHalfAUnitForEachShare) {
  struct Case {
    std::vector<double> shares;
    double total;
    double tolerance;
  };
  for (const auto& [shares, total, tolerance] : {
           Case{{50.0, 30.0, 20.0}, 100.0, 1.5},
           Case{{50.1, 30.0, 20.0}, 100.0, 0.15},
           Case{{33.33, 66.67}, 100.0, 0.01},
           Case{{64.1, 45.0050454086781}, 100.0, 1e-6},
           Case{{0.5, 0.3, 0.2}, 1.0, 0.015},
           Case{{1.0, 0.0}, 1.0, 0.01},
           Case{{0.106, 0.055999999999999994}, 1.0, 0.001},
       }) {
    EXPECT_NEAR(roundingTolerance(shares, total), tolerance, 2e-9);
  }
}

}  // namespace
}  // namespace canvass
