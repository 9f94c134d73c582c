#include "predictions/named_predictions.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

#include "base/error.h"
#include "base/file.h"

namespace canvass {

std::vector<NamedPredictions> readNamedPredictions(const std::vector<std::string>& files) {
  requireDistinctFiles({files.begin(), files.end()});
  std::vector<NamedPredictions> runs;
  for (const std::string& file : files) runs.push_back({file, readPredictions(file)});
  return runs;
}

Predictions readPredictionsOfOne(const std::vector<std::string>& files) {
  requireDistinctFiles({files.begin(), files.end()});
  Predictions all = readPredictions(files.front());
  for (std::size_t i = 1; i < files.size(); ++i) {
    Predictions more = readPredictions(files[i]);
    if (static_cast<const PredictionSource&>(more) != all) {
      throw Error("these predictions are of another model or way of asking", files[i],
                  "give files of one predictor");
    }
    std::ranges::move(more.predictions, std::back_inserter(all.predictions));
  }
  return all;
}

std::vector<std::string> runTitles(const std::vector<std::string>& names) {
  std::vector<std::string> stems;
  for (const std::string& name : names) {
    stems.push_back(std::filesystem::path(name).stem().string());
  }
  const std::set<std::string> different(stems.begin(), stems.end());
  return different.size() == stems.size() ? stems : names;
}

std::vector<std::string> shortNames(const std::vector<NamedPredictions>& runs) {
  std::vector<std::string> names;
  for (const NamedPredictions& run : runs) names.push_back(run.name);
  return runTitles(names);
}

}  // namespace canvass
