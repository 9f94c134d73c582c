#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <vector>

namespace canvass {

// Processes that train one model together: each has all of its weights, learns its share of every
// batch, and takes the same steps as the others. All of them call the same functions in the same
// order.
class Collective {
 public:
  virtual ~Collective() = default;
  virtual std::size_t rank() const = 0;  // of this process, from 0
  virtual std::size_t size() const = 0;  // how many there are
  // Makes the tensor the sum of the tensors of all processes: the same bytes in each.
  virtual void reduce(at::Tensor& tensor) = 0;
  // The numbers that each process gives, by rank.
  virtual std::vector<std::vector<double>> gather(const std::vector<double>& own) = 0;
};

// This process by itself.
Collective& onlyProcess();

// The share of a batch that this process learns: shares differ by at most one item, and adjacent
// items stay together.
std::vector<std::size_t> ownShare(const std::vector<std::size_t>& batch,
                                  const Collective& collective);

// The sum of each of the numbers over all processes, in the order of their ranks.
std::vector<double> sumOfAll(const std::vector<double>& own, Collective& collective);

// Makes each tensor's gradient the sum over all processes of `weight` times it. A process that has
// learned nothing has gradients of zero.
void reduceGradients(const std::vector<at::Tensor>& tensors, double weight, Collective& collective);

}  // namespace canvass
