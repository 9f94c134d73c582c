#include "report/evaluation/fit_table.h"

#include <fmt/format.h>

#include <cmath>

#include "stats/item_metrics.h"

namespace canvass {
namespace {

std::string fitFigureText(const MetricMean& mean) {
  if (mean.items == 0) return "-";
  return std::isinf(mean.mean) ? "infinite" : fmt::format("{:.3f}", mean.mean);
}

}  // namespace

std::string fitTable(const FitFigures& before, const FitFigures& after) {
  std::string text = fmt::format("{:<28}{:>10}{:>10}\n", "", "before", "after");
  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    text +=
        fmt::format("{:<28}{:>10}{:>10}\n", itemMetrics()[m].title,
                    fitFigureText(before.metrics.means[m]), fitFigureText(after.metrics.means[m]));
  }
  const auto row = [](const char* title, double one, double other) {
    return fmt::format("{:<28}{:>10.3f}{:>10.3f}\n", title, one, other);
  };
  return text + row("Option shares off by", before.shareError, after.shareError) +
         row("Majority answer: ECE", before.calibrationError, after.calibrationError);
}

}  // namespace canvass
