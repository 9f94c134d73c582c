#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stats/crossed_bootstrap.h"

namespace canvass {

// A smooth function of sums over items, still without its interval: as all are resampled at once.
struct FigureDraft {
  using Function = std::function<double(std::span<const double> means)>;

  std::string_view kind;                 // id of a DiagnosticKind
  std::string group = {};                // the attribute it is about, if it is about one
  std::size_t count = 0;                 // of the kind's unit
  std::vector<ItemColumn> columns = {};  // what each predicted item adds; 0 for nothing
  Function function = {};                // not a number where the figure does not exist
  std::optional<double> uncorrected = std::nullopt;  // for sampling, if the figure is corrected
  std::optional<double> reference = std::nullopt;    // what a perfect prediction would have
  double lowest = -infinite;                         // no value, nor an interval, is beyond these
  double highest = infinite;

  double populationsEach = 1.0;  // 2 where each item has half of what its pairs add

  static constexpr double infinite = std::numeric_limits<double>::infinity();
};

// numerator / denominator, if the denominator is above 0.
FigureDraft ratioDraft(std::string_view kind, std::size_t count, ItemColumn numerator,
                       ItemColumn denominator);

// A figure with its 95% interval.
struct DiagnosticFigure {
  std::optional<double> value;  // nothing if it does not exist for these items
  std::optional<Interval> interval;
  std::size_t count = 0;
  std::optional<double> uncorrected;
  std::optional<double> reference;
};

// In the drafts' order. `crossings`: of the items that the columns are of.
std::vector<DiagnosticFigure> estimateFigures(std::span<const Crossing> crossings,
                                              const std::vector<FigureDraft>& drafts,
                                              const BootstrapOptions& options);

}  // namespace canvass
