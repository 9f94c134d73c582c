#include "evaluation/specification_curve.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include "diagnostics/diagnostics.h"
#include "evaluation/run_candidates.h"
#include "evaluation/uncertainty.h"

namespace canvass {
namespace {

// Diagnostics that order runs: by a figure that is better if higher, lower or nearer to 1.
struct OrderingDiagnostic {
  std::string_view id;
  std::string_view ideal;
};

constexpr OrderingDiagnostic ordering[] = {{"dispersion_between", "1"},
                                           {"deviation_correlation", "higher"},
                                           {"sign_errors", "lower"},
                                           {"association_agreement", "higher"},
                                           {"structure", "higher"}};
// After the metric that ranks; others say nearly the same.
constexpr std::string_view metrics[] = {"js_similarity", "emd", "accuracy", "entropy_error"};

// What a run is worth by a criterion: higher is better.
double worthOf(double value, std::string_view ideal) {
  if (ideal == "1") return -std::abs(std::log(std::max(value, 1e-12)));
  return ideal == "higher" ? value : -value;
}

std::vector<std::optional<double>> ranksOf(const CriterionCurve& criterion) {
  std::vector<std::optional<double>> ranks;
  for (const auto& mine : criterion.values) {
    ranks.emplace_back();
    if (!mine) continue;
    double better = 0.0;
    double equal = 0.0;
    for (const auto& other : criterion.values) {
      if (!other) continue;
      const double difference = worthOf(*other, criterion.ideal) - worthOf(*mine, criterion.ideal);
      better += difference > 1e-12 ? 1.0 : 0.0;
      equal += std::abs(difference) <= 1e-12 ? 1.0 : 0.0;
    }
    ranks.back() = better + 0.5 * (equal + 1.0);
  }
  return ranks;
}

// Spearman's rank correlation: that of the ranks among the runs that have both.
std::optional<double> rankCorrelation(const CriterionCurve& a, const CriterionCurve& b) {
  CriterionCurve first{{}, {}, a.ideal, {}, {}, {}};
  CriterionCurve second{{}, {}, b.ideal, {}, {}, {}};
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    if (!a.values[i] || !b.values[i]) continue;
    first.values.push_back(a.values[i]);
    second.values.push_back(b.values[i]);
  }
  const std::size_t count = first.values.size();
  if (count < 3) return std::nullopt;
  const auto ranks = ranksOf(first);
  const auto others = ranksOf(second);
  const double mean = 0.5 * (static_cast<double>(count) + 1.0);
  double products = 0.0, squares = 0.0, otherSquares = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    products += (*ranks[i] - mean) * (*others[i] - mean);
    squares += (*ranks[i] - mean) * (*ranks[i] - mean);
    otherSquares += (*others[i] - mean) * (*others[i] - mean);
  }
  if (squares == 0.0 || otherSquares == 0.0) return std::nullopt;
  return products / std::sqrt(squares * otherSquares);
}

void addMetric(const ComparedEvaluation& run, const Uncertainty& uncertainty, std::size_t metric,
               CriterionCurve& criterion) {
  const MetricMean& mean = run.evaluation.metrics.means[metric];
  const bool exists = mean.items > 0 && std::isfinite(mean.mean);
  criterion.values.push_back(exists ? std::optional(mean.mean) : std::nullopt);
  criterion.intervals.push_back(uncertainty.metrics[metric]);
}

std::vector<std::size_t> metricsFrom(const std::string& first) {
  std::vector<std::size_t> indices{metricIndex(first)};
  for (const std::string_view name : metrics) {
    if (metricIndex(name) != indices.front()) indices.push_back(metricIndex(name));
  }
  return indices;
}

void addMetrics(const Survey& observed, const std::vector<RunCandidate>& candidates,
                const RunComparisonOptions& options, SpecificationCurve& curve) {
  std::vector<ComparedEvaluation> runs;
  for (const RunCandidate& one : candidates) {
    runs.push_back({one.evaluation, {}, {}, {}, one.run.name});
  }
  const std::vector<Uncertainty> uncertainties = uncertaintyOf(observed, runs, options.bootstrap);
  for (const std::size_t metric : metricsFrom(options.metric)) {
    const ItemMetric& kind = itemMetrics()[metric];
    CriterionCurve criterion{std::string(kind.name),
                             std::string(kind.title),
                             kind.better == Better::higher ? "higher" : "lower",
                             {},
                             {},
                             {}};
    for (std::size_t i = 0; i < runs.size(); ++i) {
      addMetric(runs[i], uncertainties[i], metric, criterion);
    }
    curve.criteria.push_back(std::move(criterion));
  }
}

void addDiagnostics(const Survey& observed, const std::vector<RunCandidate>& candidates,
                    const RunComparisonOptions& options, std::optional<double> respondents,
                    SpecificationCurve& curve) {
  std::vector<Diagnostics> all;
  for (const RunCandidate& one : candidates) {
    std::vector<MatchedItem> items;
    for (const ItemScores& scores : one.evaluation.items) {
      items.push_back({scores.item, scores.predicted});
    }
    all.push_back(diagnosticsOf(observed, items,
                                {.respondents = respondents, .bootstrap = options.bootstrap}));
  }
  for (const auto& [id, ideal] : ordering) {
    CriterionCurve criterion{
        std::string(id), std::string(diagnosticKind(id).title), std::string(ideal), {}, {}, {}};
    for (const Diagnostics& one : all) {
      const auto found = std::ranges::find_if(
          one.figures, [&](const Diagnostic& figure) { return figure.kind->id == id; });
      const bool exists = found != one.figures.end();
      criterion.values.push_back(exists ? found->figure.value : std::nullopt);
      criterion.intervals.push_back(exists ? found->figure.interval : std::nullopt);
    }
    curve.criteria.push_back(std::move(criterion));
  }
}

}  // namespace

SpecificationCurve specificationCurve(const Survey& observed,
                                      const std::vector<NamedPredictions>& runs,
                                      const Survey* training, const RunComparisonOptions& options,
                                      std::optional<double> respondents) {
  std::vector<AbsentRun> absent;
  const std::vector<RunCandidate> candidates =
      rankedCandidates(observed, runs, training, options, absent);
  SpecificationCurve curve;
  for (const RunCandidate& one : candidates) {
    curve.runs.push_back({one.run.name, one.run.isBaseline, one.run.source});
    curve.items = one.evaluation.items.size();
  }
  addMetrics(observed, candidates, options, curve);
  addDiagnostics(observed, candidates, options, respondents, curve);
  std::erase_if(curve.criteria, [](const CriterionCurve& criterion) {
    return std::ranges::none_of(criterion.values, [](const auto& one) { return one.has_value(); });
  });
  for (CriterionCurve& criterion : curve.criteria) criterion.ranks = ranksOf(criterion);
  for (const CriterionCurve& a : curve.criteria) {
    auto& row = curve.rankCorrelations.emplace_back();
    for (const CriterionCurve& b : curve.criteria) row.push_back(rankCorrelation(a, b));
  }
  return curve;
}

}  // namespace canvass
