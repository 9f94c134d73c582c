#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "evaluation/run_comparison.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// The object of `compare --json`; docs/comparing.md has every key: {"metric", "better", "items",
// "scored", "runs": [...], "pairs": [...], "groups", "optimism", "absent", "made_with",
// "resamples", "seed", "resampled", "method"}.
Json comparisonToJson(const RunComparison& comparison);

// The ranking: one row per run with its interval, its distance from the best and its letters, then
// what the marks mean, how optimistic the best figure is for having been chosen, how far the given
// runs disagree, how they were made and what was left out.
std::string comparisonText(const RunComparison& comparison, const TerminalStyle& style = {});

// Letters by run, "ab": two runs share one if they are not distinguishable. After z come numbers,
// "[27]".
std::vector<std::string> lettersOf(const RunComparison& comparison);

// Where the headers of the given runs differ in how they were made: names of the runs by key
// ("template") and value ("paper"; "none" if a header does not have the key). Keys for which all
// agree are absent.
using MadeWith = std::map<std::string, std::map<std::string, std::vector<std::string>>>;
MadeWith differencesInHeaders(const RunComparison& comparison);

}  // namespace canvass
