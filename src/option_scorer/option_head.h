#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>

#include "model_files/model_files.h"
#include "nn/execution_context.h"
#include "nn/linear.h"

namespace canvass {

// The head above an encoder that scores options. From an option's state o and a population's state
// p it computes
//     score = level(o) + options(o) . populations(p) / sqrt(rank)
// with three small networks of one GELU layer each: what an option gets from everybody, and what
// from whom. Since only the last product uses both, every state is computed once, however many
// items it is in.
class OptionHead {
 public:
  struct Sizes {
    std::int64_t state = 0;  // of the encoder
    std::int64_t hidden = 256;
    std::int64_t rank = 32;
  };

  // A new head that gives every option the same score until it is trained. `options` and
  // `populations`, [n, state]: states of training texts, after whose mean and spread all states are
  // standardized: to an encoder, names of populations are very similar.
  OptionHead(const Sizes& sizes, std::uint64_t seed, const at::Tensor& options,
             const at::Tensor& populations);
  // Reads what save() wrote. Throws Error naming what is missing or of another shape.
  OptionHead(const ModelFiles& model, const std::string& name, std::int64_t stateSize);

  void save(const std::filesystem::path& file) const;

  // options [o, state], populations [p, state] -> scores [o, p]. Dropout (between 0 and 1) acts
  // if gradients are recorded, as the context decides.
  at::Tensor scores(const at::Tensor& options, const at::Tensor& populations, double dropout,
                    ExecutionContext& context) const;

  void recordGradients();
  NamedTensors parameters() const;  // without the means and spreads

 private:
  struct Network {
    at::Tensor inner, innerBias, outer, outerBias;
  };
  struct Standard {
    at::Tensor mean, spread;
  };

  at::Tensor apply(const Network& network, const at::Tensor& states, double dropout,
                   ExecutionContext& context) const;
  NamedTensors all() const;

  Network level_, options_, populations_;
  Standard ofOptions_, ofPopulations_;
};

}  // namespace canvass
