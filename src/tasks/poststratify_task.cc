#include "tasks/poststratify_task.h"

#include <fmt/format.h>

#include "base/error.h"
#include "weighting/margins.h"

namespace canvass {
namespace {

std::vector<PopulationCell> readCells(const std::filesystem::path& path) {
  const Margins margins = readMargins(path);
  if (margins.margins.size() > 1) {
    throw Error(
        fmt::format("the file has {} margins, {} and {}, and not the cells of one table",
                    margins.margins.size(), margins.margins[0].name(), margins.margins[1].name()),
        margins.file, "give every row a value of every attribute");
  }
  const Margin& margin = margins.margins.front();
  std::vector<PopulationCell> cells;
  for (const MarginCell& one : margin.cells) {
    PopulationCell cell{{}, one.amount};
    for (std::size_t a = 0; a < one.values.size(); ++a) {
      cell.attributes[margin.attributes[a]] = one.values[a];
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace

Poststratification poststratifyPredictions(const PoststratifyTask& task) {
  return poststratify(task.survey, readPredictions(task.predictions), readCells(task.cells),
                      task.by);
}

}  // namespace canvass
