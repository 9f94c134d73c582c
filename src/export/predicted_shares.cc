#include "export/predicted_shares.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "base/list_text.h"
#include "predictions/prediction_match.h"

namespace canvass {
namespace {

// Predictions are matched with what was observed; what was not observed is predicted all the same.
Survey asIfAllObserved(Survey survey) {
  for (Item& item : survey.items) {
    const std::size_t options = survey.questionOf(item).options.size();
    if (!item.observed) item.observed = Distribution(options, 1.0 / static_cast<double>(options));
  }
  return survey;
}

void noteSkipped(const std::string& run, const std::vector<Skipped>& skipped,
                 std::vector<std::string>& notes) {
  std::map<std::string, std::size_t> byReason;
  for (const Skipped& one : skipped) ++byReason[one.reason];
  for (const auto& [reason, number] : byReason) {
    notes.push_back(fmt::format("{}, {}: {}", run, counted(number, "item"), reason));
  }
}

}  // namespace

std::vector<PredictedShares> predictedShares(const ExportInput& input,
                                             std::vector<std::string>& notes) {
  if (input.predictions.empty()) return {};
  const Survey survey = asIfAllObserved(input.survey);
  const std::vector<std::string> names = shortNames(input.predictions);
  std::vector<PredictedShares> runs;
  for (std::size_t run = 0; run < names.size(); ++run) {
    Matching matching = matchPredictions(survey, input.predictions[run].predictions);
    PredictedShares& shares = runs.emplace_back(names[run], std::vector<Distribution>());
    shares.shares.resize(survey.items.size());
    for (MatchedItem& one : matching.matched) shares.shares[one.item] = std::move(one.predicted);
    noteSkipped(names[run], matching.skipped, notes);
  }
  return runs;
}

}  // namespace canvass
