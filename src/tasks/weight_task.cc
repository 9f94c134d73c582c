#include "tasks/weight_task.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "base/error.h"
#include "microdata/weight_file.h"
#include "tasks/respondents_task.h"

namespace canvass {
namespace {

std::vector<std::string> keysOf(const RespondentData& data) {
  if (!data.respondents.keys.empty()) return data.respondents.keys;
  std::vector<std::string> keys;
  for (const std::size_t record : data.respondents.records) keys.push_back(std::to_string(record));
  return keys;
}

void requireDistinct(const std::vector<std::string>& keys, const std::string& variable) {
  std::set<std::string_view> seen;
  for (const std::string& key : keys) {
    if (seen.insert(key).second) continue;
    throw Error(fmt::format("two respondents have the {} \"{}\"", variable, key), {},
                "name another variable: id = \"...\" in [design]; or weigh one file at a time");
  }
}

}  // namespace

Weights makeWeights(const WeightTask& task, Progress& progress) {
  const Margins margins = readMargins(task.margins);
  RespondentData data = readRespondents(task.source, /*baseWeights=*/true, progress);
  Weights result;
  result.keyVariable = data.respondents.keys.empty() ? recordKey : data.mapping.design.id.name;
  const std::vector<std::string> keys = keysOf(data);
  requireDistinct(keys, result.keyVariable);
  result.weighing = weigh(margins, data.plan, data.respondents, task.options);
  std::vector<RespondentWeight> weights;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    weights.push_back({keys[i], result.weighing.weights[i]});
  }
  result.file = weightFileText(result.keyVariable, weights);
  result.reading = std::move(data.reading);
  return result;
}

}  // namespace canvass
