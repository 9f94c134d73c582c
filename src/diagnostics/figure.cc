#include "diagnostics/figure.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace canvass {
namespace {

// How far each item moves a function of means, by central differences.
std::vector<double> influenceOn(const FigureDraft& draft, const std::vector<double>& means) {
  const std::size_t items = draft.columns.front().size();
  std::vector<double> influence(items, 0.0);
  for (std::size_t c = 0; c < means.size(); ++c) {
    const double step = 1e-6 * std::max(std::abs(means[c]), 1e-6);
    std::vector<double> moved = means;
    moved[c] = means[c] + step;
    const double above = draft.function(moved);
    moved[c] = means[c] - step;
    const double slope = (above - draft.function(moved)) / (2.0 * step);
    for (std::size_t i = 0; i < items; ++i) {
      influence[i] += slope * (draft.columns[c][i] - means[c]) / static_cast<double>(items);
    }
  }
  return influence;
}

std::optional<Interval> within(const std::optional<Interval>& interval, const FigureDraft& draft) {
  if (!interval) return interval;
  return Interval{std::clamp(interval->low, draft.lowest, draft.highest),
                  std::clamp(interval->high, draft.lowest, draft.highest)};
}

DiagnosticFigure finished(const FigureDraft& draft, const CrossedBootstrap& bootstrap,
                          std::span<const std::vector<double>> resampled) {
  DiagnosticFigure figure{{}, {}, draft.count, draft.uncorrected, draft.reference};
  std::vector<double> means;
  for (const ItemColumn& column : draft.columns) means.push_back(meanOfColumn(column));
  const double value = draft.function(means);
  if (draft.count == 0 || !std::isfinite(value)) return figure;
  figure.value = std::clamp(value, draft.lowest, draft.highest);
  std::vector<double> values;
  std::vector<double> ofOne(means.size());
  for (std::size_t r = 0; r < resampled.front().size(); ++r) {
    for (std::size_t c = 0; c < ofOne.size(); ++c) ofOne[c] = resampled[c][r];
    values.push_back(draft.function(ofOne));
  }
  const std::vector<double> influence = influenceOn(draft, means);
  if (std::ranges::all_of(influence, [](double x) { return std::isfinite(x); })) {
    figure.interval =
        within(bootstrap.interval(value, values, influence, draft.populationsEach), draft);
  }
  return figure;
}

}  // namespace

FigureDraft ratioDraft(std::string_view kind, std::size_t count, ItemColumn numerator,
                       ItemColumn denominator) {
  FigureDraft draft{.kind = kind, .count = count};
  draft.columns = {std::move(numerator), std::move(denominator)};
  draft.function = [](std::span<const double> means) {
    return means[1] > 0.0 ? means[0] / means[1] : std::numeric_limits<double>::quiet_NaN();
  };
  return draft;
}

std::vector<DiagnosticFigure> estimateFigures(std::span<const Crossing> crossings,
                                              const std::vector<FigureDraft>& drafts,
                                              const BootstrapOptions& options) {
  const CrossedBootstrap bootstrap(crossings, options, "diagnostics");
  std::vector<ItemColumn> columns;
  for (const FigureDraft& draft : drafts) {
    columns.insert(columns.end(), draft.columns.begin(), draft.columns.end());
  }
  const auto resampled = bootstrap.means(columns);
  std::vector<DiagnosticFigure> figures;
  std::size_t next = 0;
  for (const FigureDraft& draft : drafts) {
    figures.push_back(
        finished(draft, bootstrap, std::span(resampled).subspan(next, draft.columns.size())));
    next += draft.columns.size();
  }
  return figures;
}

}  // namespace canvass
