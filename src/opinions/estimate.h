#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "stats/crossed_bootstrap.h"

namespace canvass {

// A mean over questions with its 95% interval over other questions that could be asked of the same
// populations.
struct QuestionMean {
  double mean = 0.0;  // not a number over no question
  std::size_t questions = 0;
  std::optional<Interval> interval;  // nothing from fewer than 2 questions
};

// Of each column, one number per question (not a number if it has none), from the same resamples of
// questions. `stream` names the random stream.
std::vector<QuestionMean> meansOverQuestions(std::span<const ItemColumn> columns,
                                             const BootstrapOptions& options,
                                             std::string_view stream);

// A resampling of `questions` questions, each once in every column.
CrossedBootstrap questionBootstrap(std::size_t questions, const BootstrapOptions& options,
                                   std::string_view stream);

}  // namespace canvass
