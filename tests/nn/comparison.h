#pragma once

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

namespace canvass::test {

// The greatest |actual - expected| / max(1, |expected|); infinite where shapes differ or a value is
// not a number.
inline double distance(const at::Tensor& actual, const at::Tensor& expected) {
  const double never = std::numeric_limits<double>::infinity();
  if (!actual.defined() || actual.sizes() != expected.sizes()) return never;
  const at::Tensor wide = expected.detach().to(at::kDouble);
  const at::Tensor gaps = (actual.detach().to(at::kDouble) - wide).abs();
  const double greatest = (gaps / wide.abs().clamp_min(1.0)).max().item<double>();
  return std::isnan(greatest) ? never : greatest;
}

// The same numbers in double precision, recording gradients of its own.
inline at::Tensor doubleLeaf(const at::Tensor& tensor) {
  return tensor.detach().to(at::kDouble).clone().set_requires_grad(true);
}

inline at::Tensor leaf(const at::Tensor& tensor) {
  return tensor.detach().clone().set_requires_grad(true);
}

}  // namespace canvass::test
