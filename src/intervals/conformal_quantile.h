#pragma once

#include <string>
#include <vector>

namespace canvass {

struct GroupedScore {
  double score = 0.0;
  std::string group;  // scores of one group depend on each other; groups are exchangeable
};

// The score that one of a new group stays below with at least this probability, over all groups and
// draws of the new one: the quantile of the scores, each weighted by 1 / ((J + 1) n) in a group of
// n out of J, and of infinity with the weight 1 / (J + 1) of the new group (hierarchical conformal
// prediction: Lee, Barber & Willett 2023). With each score in a group of its own it is that of
// split conformal prediction, the ceil((J + 1) level)-th smallest. Infinite if there are fewer
// groups than level / (1 - level).
double conformalQuantile(std::vector<GroupedScore> scores, double level);

// The fewest groups of which the quantile is finite.
std::size_t fewestGroups(double level);

}  // namespace canvass
