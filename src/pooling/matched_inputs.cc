#include "pooling/matched_inputs.h"

#include <fmt/format.h>

#include <numeric>
#include <optional>

namespace canvass {
namespace {

struct ItemState {
  std::vector<Distribution> predicted;
  std::optional<std::string> reason;  // why it is skipped
};

void addInput(const Survey& observed, const NamedPredictions& input,
              std::vector<ItemState>& items) {
  std::vector<std::size_t> all(observed.items.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const Matching matching = matchPredictions(observed, input.predictions, all);
  const SurveyIndex index(observed);
  for (const Skipped& skipped : matching.skipped) {
    ItemState& state = items[*index.item(skipped.question, skipped.population)];
    if (!state.reason) state.reason = fmt::format("{}: {}", input.name, skipped.reason);
  }
  for (const MatchedItem& matched : matching.matched) {
    items[matched.item].predicted.push_back(matched.predicted);
  }
}

}  // namespace

InputMatching matchInputs(const Survey& observed, const std::vector<NamedPredictions>& inputs) {
  std::vector<ItemState> items(observed.items.size());
  for (const NamedPredictions& input : inputs) addInput(observed, input, items);
  InputMatching result;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].reason) {
      const Item& item = observed.items[i];
      result.skipped.push_back(
          {observed.questionOf(item).id, observed.populationOf(item).id, *items[i].reason});
    } else {
      result.matched.push_back({i, std::move(items[i].predicted)});
    }
  }
  return result;
}

Survey withPlaceholders(const Survey& items) {
  Survey result = items;
  for (Item& item : result.items) {
    item.observed = uniformDistribution(items.questionOf(item).options.size());
  }
  return result;
}

}  // namespace canvass
