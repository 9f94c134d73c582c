#include "export/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "export/csv.h"
#include "export/simllm.h"
#include "export/subpop.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

const std::array allExporters{
    Exporter{"csv", "a line for each option of each item, with its standard error", exportCsv},
    Exporter{"simllm", "JSON records with instruction, input, options and options_dist",
             exportSimllm},
    Exporter{"subpop", "SubPOP, distributions of groups as JSON lines", exportSubpop},
};

}  // namespace

std::span<const Exporter> exporters() { return allExporters; }

const Exporter& findExporter(const std::string& name) {
  const auto found = std::find_if(allExporters.begin(), allExporters.end(),
                                  [&name](const Exporter& one) { return one.name == name; });
  if (found != allExporters.end()) return *found;
  std::vector<std::string> known;
  for (const Exporter& one : allExporters) known.push_back(one.name);
  throw Error(fmt::format("there is no export format \"{}\"", name), {}, choiceOf(name, known));
}

}  // namespace canvass
