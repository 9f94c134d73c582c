#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// What an item metric gets to see of one item.
struct Comparison {
  std::span<const double> observed;
  std::span<const double> predicted;
  std::span<const double> values;  // the options' positions on the scale; empty for equal gaps
};

// Comparison::values of a question: empty for a nominal one and if its options have none. Throws
// Error if only some of them have one.
std::vector<double> optionValues(const Question& question);

enum class Better { higher, lower };
enum class AppliesTo { everyScale, orderedScales };

// One figure that an item can be given. Evaluation, JSON and tables all iterate over itemMetrics():
// to add a figure, write its function and add its line to that table, and its entry in
// docs/metrics.md.
struct ItemMetric {
  std::string_view name;   // its key in JSON: "js_similarity"
  std::string_view title;  // its title in a table: "JS similarity"
  double (*score)(const Comparison&);
  Better better;
  AppliesTo appliesTo;

  bool appliesToScale(Scale scale) const {
    return appliesTo == AppliesTo::everyScale || scale != Scale::nominal;
  }
};

std::span<const ItemMetric> itemMetrics();

// The index of `name` in itemMetrics(); throws Error naming the known ones.
std::size_t metricIndex(std::string_view name);

}  // namespace canvass
