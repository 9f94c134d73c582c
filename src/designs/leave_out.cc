#include "designs/leave_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/error.h"
#include "designs/population_names.h"

namespace canvass {
namespace {

using Marks = std::vector<bool>;

void checkSurveys(const Survey& training, const Survey& test) {
  if (training.items.empty()) throw Error("the survey to train on has no items", training.name);
  if (test.items.empty()) throw Error("the survey to test on has no items", test.name);
  if (training.language == test.language) return;
  throw Error(fmt::format("the surveys are in \"{}\" and \"{}\", so that their questions cannot be "
                          "matched by text",
                          training.language, test.language),
              test.name, "give surveys in one language");
}

Marks seenQuestions(const std::vector<QuestionMatch>& matches, const Survey& test) {
  Marks seen(test.questions.size(), false);
  for (const QuestionMatch& match : matches) seen[match.second] = true;
  return seen;
}

Marks seenPopulations(const Survey& training, const Survey& test) {
  Marks seen(test.populations.size(), false);
  for (const auto& [known, same] : matchPopulations(training, test)) seen[same] = true;
  return seen;
}

std::vector<std::size_t> allItems(const Survey& survey) {
  std::vector<std::size_t> items(survey.items.size());
  std::iota(items.begin(), items.end(), std::size_t{0});
  return items;
}

struct TestPart {
  const char* name;
  bool seenQuestion;
  bool seenPopulation;
};

constexpr std::array<TestPart, 4> testParts = {{{"test-unseen", false, false},
                                                {"test-seen-populations", false, true},
                                                {"test-seen-questions", true, false},
                                                {"test-seen", true, true}}};

std::size_t countOf(const Marks& marks) {
  return static_cast<std::size_t>(std::count(marks.begin(), marks.end(), true));
}

}  // namespace

Parts leaveSurveyOut(const Survey& training, const Survey& test, double similarity) {
  checkSurveys(training, test);
  const Marks questions = seenQuestions(matchQuestions(training, test, similarity), test);
  const Marks populations = seenPopulations(training, test);
  Parts result;
  addPart(result, "train", training, allItems(training));
  for (const TestPart& part : testParts) {
    std::vector<std::size_t> items;
    for (std::size_t i = 0; i < test.items.size(); ++i) {
      const Item& item = test.items[i];
      if (questions[item.question] == part.seenQuestion &&
          populations[item.population] == part.seenPopulation) {
        items.push_back(i);
      }
    }
    addPart(result, part.name, test, items);
  }
  result.notes.push_back(fmt::format(
      "of {} questions of the test survey, {} are like one in training (similarity {} or more)",
      test.questions.size(), countOf(questions), similarity));
  result.notes.push_back(fmt::format("of {} populations of the test survey, {} are in training",
                                     test.populations.size(), countOf(populations)));
  return result;
}

}  // namespace canvass
