#include "stats/student.h"

#include <fmt/format.h>

#include <boost/math/distributions/students_t.hpp>

#include "base/error.h"

namespace canvass {

double studentQuantile(double probability, double degrees) {
  if (!(probability > 0.0 && probability < 1.0) || !(degrees >= 1.0)) {
    throw Error(fmt::format("there is no t quantile at {} with {} degrees of freedom", probability,
                            degrees));
  }
  return boost::math::quantile(boost::math::students_t_distribution<double>(degrees), probability);
}

}  // namespace canvass
