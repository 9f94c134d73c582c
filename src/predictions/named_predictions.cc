#include "predictions/named_predictions.h"

#include <filesystem>
#include <set>

#include "base/file.h"

namespace canvass {

std::vector<NamedPredictions> readNamedPredictions(const std::vector<std::string>& files) {
  requireDistinctFiles({files.begin(), files.end()});
  std::vector<NamedPredictions> runs;
  for (const std::string& file : files) runs.push_back({file, readPredictions(file)});
  return runs;
}

std::vector<std::string> shortNames(const std::vector<NamedPredictions>& runs) {
  std::vector<std::string> names;
  std::vector<std::string> stems;
  for (const NamedPredictions& run : runs) {
    names.push_back(run.name);
    stems.push_back(std::filesystem::path(run.name).stem().string());
  }
  const std::set<std::string> different(stems.begin(), stems.end());
  return different.size() == stems.size() ? stems : names;
}

}  // namespace canvass
