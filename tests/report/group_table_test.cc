#include <sstream>

#include "base/utf8.h"
#include "report/terminal/terminal.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using testing::HasSubstr;

// Two topics in two countries; one item is predicted perfectly, the rest as the opposite.
ComparedEvaluation twoTopicsInTwoCountries() {
  Survey survey =
      makeSurvey({makeQuestion("q1", 2, "trust"), makeQuestion("q2", 2, "work")}, {"JP", "CN"});
  addItem(survey, 0, 0, {1.0, 0.0});
  addItem(survey, 0, 1, {1.0, 0.0});
  addItem(survey, 1, 0, {1.0, 0.0});
  const Predictions predictions = makePredictions({makePrediction("q1", "JP", {1.0, 0.0}),
                                                   makePrediction("q1", "CN", {0.0, 1.0}),
                                                   makePrediction("q2", "JP", {0.0, 1.0})});
  return evaluateWithBaselines(survey, predictions, nullptr);
}

TEST(GroupTable, ShowsEachTopicWithItsDenominator) {
  const ComparedEvaluation compared = twoTopicsInTwoCountries();
  EXPECT_EQ(groupTable(columnsOf(compared, "model"), Grouping::topic, "tvd",
                       {.width = 60, .ascii = true}),
            "Total variation by topic    model   uniform  items\n"
            "trust                       0.500     0.500      2\n"
            "work                        1.000     0.500      1\n");
}

TEST(GroupTable, ShowsEachPopulation) {
  const ComparedEvaluation compared = twoTopicsInTwoCountries();
  const std::string table = groupTable(columnsOf(compared, "model"), Grouping::population, "tvd",
                                       {.width = 60, .ascii = true});
  EXPECT_THAT(table, HasSubstr("by population"));
  EXPECT_THAT(table, HasSubstr("0.500     0.500      2\n"));
  EXPECT_THAT(table, HasSubstr("1.000     0.500      1\n"));
}

TEST(GroupTable, FiguresOverOtherItemsAreNotCompared) {
  const ComparedEvaluation compared = twoTopicsInTwoCountries();
  Evaluation fewer = compared.evaluation;
  fewer.byTopic.front().metrics.means[metricIndex("tvd")].items = 1;
  const std::string table = groupTable({{"model", &compared.evaluation}, {"other", &fewer}},
                                       Grouping::topic, "tvd", {.width = 60, .ascii = true});
  EXPECT_THAT(table, HasSubstr("0.500        -      2\n"));
}

TEST(GroupTable, UnknownMetricIsAnError) {
  const ComparedEvaluation compared = twoTopicsInTwoCountries();
  EXPECT_THAT(errorOf([&] { groupTable(columnsOf(compared), Grouping::topic, "luck"); }),
              HasSubstr("\"luck\" is not a metric"));
}

TEST(GroupTable, KeepsToItsWidthWithManyColumns) {
  const ComparedEvaluation compared = twoTopicsInTwoCountries();
  std::vector<TableColumn> columns;
  for (const char* title : {"p", "lr", "uniform", "question mean", "nearest"}) {
    columns.push_back({title, &compared.evaluation});
  }
  std::istringstream lines(groupTable(columns, Grouping::population, "js_similarity", {}));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(displayWidth(line), 80U) << line;
}

}  // namespace
}  // namespace canvass
