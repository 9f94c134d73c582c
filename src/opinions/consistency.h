#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "opinions/representativeness.h"

namespace canvass {

// How well the model's answer without a population represents one population's.
struct TopicalAlignment {
  std::size_t question = 0;
  std::size_t population = 0;
  double alignment = 0.0;
};

// Of each kind of population (equal names of attributes), the paper's
//   C = 1/T sum over topics of [argmax over G of R(G, topic) = G*],
//   G* = argmax over G of 1/T sum over topics of R(G, topic).
// The authors' code too compares the groups of one attribute with each other. Of equally well
// represented populations any counts; the first in the survey is named.
std::vector<Consistency> consistenciesOf(const Survey& survey,
                                         std::span<const TopicalAlignment> alignments);

}  // namespace canvass
