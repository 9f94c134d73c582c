#include "report/terminal/run_titles.h"

#include "predictions/named_predictions.h"

namespace canvass {

std::vector<std::string> runTitles(const std::vector<std::string>& names) {
  std::vector<NamedPredictions> runs;
  for (const std::string& name : names) runs.push_back({name, {}});
  return shortNames(runs);
}

}  // namespace canvass
