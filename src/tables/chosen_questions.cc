#include "tables/chosen_questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "text/near_matches.h"

namespace canvass {

std::vector<std::size_t> chosenQuestions(const std::vector<Question>& questions,
                                         const std::vector<std::string>& ids) {
  std::vector<std::size_t> chosen(questions.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  if (ids.empty()) return chosen;
  chosen.clear();
  for (const std::string& id : ids) {
    const auto found = std::ranges::find(questions, id, &Question::id);
    if (found == questions.end()) {
      std::vector<std::string> known;
      for (const Question& one : questions) known.push_back(one.id);
      throw Error(fmt::format("there is no question \"{}\"", id), {}, suggestion(id, known));
    }
    chosen.push_back(static_cast<std::size_t>(found - questions.begin()));
  }
  return chosen;
}

namespace {

constexpr std::size_t mostGroups = 500;
constexpr std::size_t mostComparisons = 5'000'000;

}  // namespace

void requireFewComparisons(std::size_t questions, std::size_t groups) {
  if (groups > mostGroups) {
    throw Error(
        fmt::format("there are {} groups, but a table can have at most {}", groups, mostGroups), {},
        "divide by fewer attributes, or export the survey");
  }
  const std::size_t comparisons = questions * (groups * (groups + 1) / 2 - groups);
  if (comparisons <= mostComparisons) return;
  throw Error(fmt::format("tables of {} questions in {} groups would compare two groups {} times, "
                          "but can at most {} times",
                          questions, groups, comparisons, mostComparisons),
              {}, "name fewer questions: canvass table FILE Q1 Q2");
}

}  // namespace canvass
