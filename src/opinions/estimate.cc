#include "opinions/estimate.h"

#include <algorithm>
#include <cmath>

namespace canvass {

CrossedBootstrap questionBootstrap(std::size_t questions, const BootstrapOptions& options,
                                   std::string_view stream) {
  std::vector<Crossing> crossings;
  for (std::size_t question = 0; question < questions; ++question) {
    crossings.push_back({question, 0});
  }
  return CrossedBootstrap(crossings, options, stream);
}

std::vector<QuestionMean> meansOverQuestions(std::span<const ItemColumn> columns,
                                             const BootstrapOptions& options,
                                             std::string_view stream) {
  const std::size_t questions = columns.empty() ? 0 : columns.front().size();
  const auto intervals = questionBootstrap(questions, options, stream).meanIntervals(columns);
  std::vector<QuestionMean> result;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    QuestionMean& one = result.emplace_back();
    one.mean = meanOfColumn(columns[c]);
    one.questions = static_cast<std::size_t>(
        std::ranges::count_if(columns[c], [](double x) { return !std::isnan(x); }));
    if (one.questions >= 2) one.interval = intervals[c];
  }
  return result;
}

}  // namespace canvass
