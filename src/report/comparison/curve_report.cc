#include "report/comparison/curve_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/json_parts.h"
#include "report/terminal/plain_table.h"

namespace canvass {
namespace {

// Of a table's column, in two lines.
struct ShortTitle {
  std::string_view id;
  const char* title;
};

constexpr ShortTitle shortTitles[] = {{"js_similarity", "JS\nsimil."},
                                      {"emd", "earth\nmover"},
                                      {"accuracy", "top\noption"},
                                      {"entropy_error", "entropy\nerror"},
                                      {"dispersion_between", "spread\nbetween"},
                                      {"deviation_correlation", "differ-\nences"},
                                      {"sign_errors", "signs"},
                                      {"association_agreement", "associ-\nations"},
                                      {"structure", "map"}};

std::string shortTitle(const CriterionCurve& criterion) {
  const auto found = std::ranges::find(shortTitles, criterion.id, &ShortTitle::id);
  return found == std::end(shortTitles) ? criterion.title : found->title;
}

std::string rankText(const std::optional<double>& rank, const TerminalStyle& style) {
  return rank ? fmt::format("{:g}", *rank) : std::string(sign("–", "-", style));
}

// The first run that is best, or nothing.
std::optional<std::size_t> bestBy(const CriterionCurve& criterion) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < criterion.ranks.size(); ++i) {
    if (!criterion.ranks[i]) continue;
    if (!best || *criterion.ranks[i] < *criterion.ranks[*best]) best = i;
  }
  return best;
}

std::string disagreements(const SpecificationCurve& curve, const TerminalStyle& style) {
  const CriterionCurve& first = curve.criteria.front();
  const auto chosen = bestBy(first);
  if (!chosen) return {};
  std::string text;
  for (std::size_t c = 1; c < curve.criteria.size(); ++c) {
    const CriterionCurve& other = curve.criteria[c];
    const auto best = bestBy(other);
    const auto& correlation = curve.rankCorrelations[0][c];
    if (!best) continue;
    std::string line = fmt::format("{} {}: ", sign("•", "-", style), other.title);
    if (!other.ranks[*chosen]) {
      line += fmt::format("does not exist for {}; best is {}", curve.runs[*chosen].name,
                          curve.runs[*best].name);
    } else if (*other.ranks[*chosen] == *other.ranks[*best]) {
      line += fmt::format("{} is best, too", curve.runs[*chosen].name);
    } else {
      line += fmt::format("best is {}; {} has rank {:g}", curve.runs[*best].name,
                          curve.runs[*chosen].name, *other.ranks[*chosen]);
    }
    if (correlation) line += fmt::format(" (rank correlation {:.2f})", *correlation);
    text += wrappedLines(line + "\n", usableWidth(style), 2);
  }
  return text;
}

Json pointJson(const CriterionCurve& criterion, std::size_t run) {
  Json point{{"value", numberJson(criterion.values[run])}};
  putInterval(point, criterion.intervals[run]);
  point["rank"] = numberJson(criterion.ranks[run]);
  return point;
}

}  // namespace

Json curveJson(const SpecificationCurve& curve) {
  Json json{{"items", curve.items},
            {"runs", Json::array()},
            {"criteria", Json::array()},
            {"rank_correlations", Json::array()}};
  for (const SpecifiedRun& run : curve.runs) json["runs"].push_back(run.name);
  for (const CriterionCurve& criterion : curve.criteria) {
    Json points = Json::array();
    for (std::size_t i = 0; i < curve.runs.size(); ++i) points.push_back(pointJson(criterion, i));
    json["criteria"].push_back({{"id", criterion.id},
                                {"title", criterion.title},
                                {"ideal", criterion.ideal},
                                {"runs", std::move(points)}});
  }
  for (const auto& row : curve.rankCorrelations) {
    Json numbers = Json::array();
    for (const auto& one : row) numbers.push_back(numberJson(one));
    json["rank_correlations"].push_back(std::move(numbers));
  }
  return json;
}

std::string curveText(const SpecificationCurve& curve, const TerminalStyle& style) {
  std::vector<std::vector<std::string>> rows{{"rank by"}};
  for (const CriterionCurve& one : curve.criteria) rows.front().push_back(shortTitle(one));
  rows.front().emplace_back();
  for (std::size_t i = 0; i < curve.runs.size(); ++i) {
    auto& row = rows.emplace_back(std::vector{onOneLine(curve.runs[i].name)});
    for (const CriterionCurve& one : curve.criteria) {
      row.push_back(rankText(one.ranks[i], style));
    }
    row.emplace_back();
  }
  const auto chosen = bestBy(curve.criteria.front());
  std::string text = plainTable(rows, style);
  if (!chosen || curve.runs.size() < 2) return text;
  return text + "\n" +
         paragraph(fmt::format("{} is best by {}. By other criteria:", curve.runs[*chosen].name,
                               curve.criteria.front().title),
                   style) +
         disagreements(curve, style);
}

Json curvePictureRequest(const SpecificationCurve& curve, const MadeWith& madeWith,
                         const std::string& theme) {
  Json runs = Json::array();
  for (const SpecifiedRun& run : curve.runs) {
    runs.push_back({{"name", run.name}, {"baseline", run.isBaseline}});
  }
  Json settings = Json::array();
  for (const auto& [key, values] : madeWith) {
    for (const auto& [value, names] : values) {
      settings.push_back({{"key", key}, {"value", value}, {"runs", names}});
    }
  }
  return {{"picture", "specification-curve"},
          {"title", "Every configuration by every criterion"},
          {"theme", theme},
          {"width", 960},
          {"curve",
           {{"runs", std::move(runs)},
            {"criteria", curveJson(curve)["criteria"]},
            {"settings", std::move(settings)},
            {"items", curve.items}}}};
}

}  // namespace canvass
