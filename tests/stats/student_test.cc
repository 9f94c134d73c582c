#include "stats/student.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

TEST(Student, QuantilesAgreeWithSciPy) {
  const Json golden =
      parseJson(readFile(sourceFolder() / "tests/stats/golden/uncertainty.json"), "golden");
  for (const Json& one : golden["quantiles"]) {
    const double expected = one["value"];
    EXPECT_NEAR(studentQuantile(one["probability"], one["degrees"]), expected,
                1e-9 * std::abs(expected))
        << one.dump();
  }
}

TEST(Student, WithoutBoundIsNormal) {
  EXPECT_NEAR(studentQuantile(0.975, std::numeric_limits<double>::infinity()), 1.959963984540054,
              1e-12);
}

TEST(Student, RefusesWhatHasNoQuantile) {
  EXPECT_EQ(errorOf([] { studentQuantile(1.0, 3.0); }),
            "there is no t quantile at 1 with 3 degrees of freedom");
  EXPECT_EQ(errorOf([] { studentQuantile(0.5, 0.5); }),
            "there is no t quantile at 0.5 with 0.5 degrees of freedom");
}

}  // namespace
}  // namespace canvass
