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

// The ranking: a row a run with its interval, its distance from the best and its letters, then what
// the marks mean, what choosing the best is worth, how far the runs given disagree, what they were
// made with and what was left out.
std::string comparisonText(const RunComparison& comparison, const TerminalStyle& style = {});

// Letters by run, "ab": two runs share one where they are not told apart. Behind z they are
// numbers, "[27]".
std::vector<std::string> lettersOf(const RunComparison& comparison);

// What the headers of the runs given say differently of how they were made: by key ("template") and
// value ("paper"; "none" where a header lacks the key) the names of the runs. Keys in which all
// agree are not there.
using MadeWith = std::map<std::string, std::map<std::string, std::vector<std::string>>>;
MadeWith differencesInHeaders(const RunComparison& comparison);

}  // namespace canvass
