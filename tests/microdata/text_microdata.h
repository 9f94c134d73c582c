#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "base/progress.h"
#include "microdata/csv/csv_reader.h"
#include "microdata/respondents.h"
#include "microdata/tabulate.h"
#include "support/test_support.h"

namespace canvass::test {

// A mapping of one question "q" with the options yes (1) and no (2) for one population, and what
// is added to it.
inline std::string smallMapping(const std::string& added = {}) {
  return R"([survey]
language = "en"
[[populations]]
by = []
name = "all"
phrase = "someone"
minimum = 1
[[questions]]
variable = "q"
text = "Tea?"
scale = "ordinal"
options = [{ code = 1, text = "yes" }, { code = 2, text = "no" }]
dont_know = [8]
refused = [9]
not_asked = [""]
)" + added;
}

struct Tabulated : Tabulation {
  std::vector<SkippedRecord> skipped;
  std::vector<std::string> readingNotes;
};

// Tabulates a text of separated values, which is called a.csv, by a mapping called m.toml.
inline Tabulated tabulateText(const std::string& csv, const std::string& mappingText,
                              bool withMissing = false, bool skipInvalid = false) {
  const TemporaryFolder folder;
  const auto path = folder.write("a.csv", csv);
  const Mapping mapping = parseMapping(mappingText, "m.toml");
  RespondentCollector collector(mapping, skipInvalid);
  Progress silent;
  collector.read(*openCsv(path, csvFormOf(mapping)), silent);
  return {tabulate(mapping, collector.plan(), collector.respondents(), {withMissing}, silent),
          collector.skipped(), collector.notes()};
}

// Matches the shares of an item, but for rounding in their last places.
inline auto sharesNear(std::initializer_list<double> shares) {
  return testing::Pointwise(testing::DoubleNear(1e-12), std::vector<double>(shares));
}

}  // namespace canvass::test
