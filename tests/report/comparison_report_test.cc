#include "report/comparison/comparison_report.h"

#include <nlohmann/json.hpp>

#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Six questions of four populations and three runs: "near" and "nearer" differ by next to nothing
// in sum, "far" is far off everywhere. "near" was made with another template and lacks an item.
struct ComparisonExample {
  Survey survey = makeSurvey({}, {"jp", "pe", "at", "ke"});
  RunComparison comparison;

  explicit ComparisonExample(std::size_t runs = 3) {
    std::vector<NamedPredictions> all{{"near", {}}, {"nearer", {}}, {"far", {}}};
    for (std::size_t q = 0; q < 6; ++q) {
      const std::string id = "q" + std::to_string(q);
      survey.questions.push_back(makeQuestion(id, 2));
      for (std::size_t p = 0; p < 4; ++p) {
        addItem(survey, q, p, {0.5, 0.5});
        const double error = 0.01 * static_cast<double>(1 + (3 * q + 5 * p) % 7);
        const double other = 0.01 * static_cast<double>(1 + (5 * q + 3 * p) % 7);
        const std::string& population = survey.populations[p].id;
        const auto add = [&](NamedPredictions& run, double share) {
          run.predictions.predictions.push_back(
              makePrediction(id, population, {share, 1.0 - share}));
        };
        if (q + p > 0) add(all[0], 0.5 + error);
        add(all[1], 0.5 - other);
        add(all[2], 0.9 - error);
      }
    }
    all[0].predictions.templateName = "paper";
    all[1].predictions.templateName = "question-first";
    all[2].predictions.templateName = "question-first";
    all.resize(runs);
    comparison = compareRuns(survey, all, nullptr, {.metric = "tvd", .bootstrap = {200, 0}});
  }
};

TEST(ComparisonReport, TextTellsRanksMarksAndPrice) {
  const ComparisonExample example;
  const std::string text = comparisonText(example.comparison);
  EXPECT_THAT(text, AllOf(HasSubstr("Total variation, lower is better, over 23 items that all"),
                          HasSubstr(" 1 ● near"), HasSubstr(" 2 ● near"), HasSubstr(" 3   far")));
  EXPECT_THAT(text, AllOf(HasSubstr("all 3 pairs"), HasSubstr("The best of 3 was chosen"),
                          HasSubstr("Confirm it on")));
  EXPECT_THAT(text, AllOf(HasSubstr("over 23 items\n"), HasSubstr("100.0% (100.0 to 100.0)"),
                          HasSubstr("template: paper (near); question-first (nearer, far)"),
                          HasSubstr("1 item that another run has: left out for all runs")));
  EXPECT_THAT(lettersOf(example.comparison), ElementsAre("a", "a", "b"));
  for (const char* line : {"●", "–", "⚠"}) {
    EXPECT_THAT(comparisonText(example.comparison, {.ascii = true}), Not(HasSubstr(line)));
  }
}

TEST(ComparisonReport, OfOneRunWarnsOfNothing) {
  const std::string text = comparisonText(ComparisonExample(1).comparison);
  EXPECT_THAT(text, AllOf(HasSubstr("near"), HasSubstr("over 23 items\n")));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("chosen")), Not(HasSubstr("●")), Not(HasSubstr("disagree")),
                          Not(HasSubstr("differ in"))));
}

TEST(ComparisonReport, OfTwoRunsIsOneInterval) {
  EXPECT_THAT(comparisonText(ComparisonExample(2).comparison),
              AllOf(HasSubstr("that both have"), HasSubstr("the 95% interval."),
                    Not(HasSubstr("pairs")), HasSubstr("The best of 2")));
}

TEST(ComparisonReport, StaysWithinTheWidth) {
  ComparisonExample example;
  example.comparison.metric = metricIndex("emd");
  example.comparison.scored = 3;
  for (ComparedRun& run : example.comparison.runs) run.name += " with a name that goes on and on";
  const std::string text = comparisonText(example.comparison, {.ascii = true});
  std::size_t start = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    EXPECT_LE(end - start, 80u) << text.substr(start, end - start);
    start = end + 1;
  }
}

TEST(ComparisonReport, JsonHasEveryPair) {
  const ComparisonExample example;
  const Json json = comparisonToJson(example.comparison);
  EXPECT_EQ(json["metric"], "tvd");
  EXPECT_EQ(json["better"], "lower");
  EXPECT_EQ(json["items"], 23);
  ASSERT_EQ(json["runs"].size(), 3u);
  EXPECT_EQ(json["runs"][2]["name"], "far");
  EXPECT_EQ(json["runs"][2]["rank"], 3);
  EXPECT_EQ(json["runs"][2]["may_be_best"], false);
  EXPECT_EQ(json["runs"][2]["source"]["template"], "question-first");
  EXPECT_EQ(json["runs"][2]["metrics"]["tvd"], json["runs"][2]["figure"]);
  ASSERT_EQ(json["pairs"].size(), 3u);
  const Json& pair = json["pairs"][1];
  EXPECT_EQ(pair["second"], "far");
  EXPECT_EQ(pair["told_apart"], true);
  EXPECT_LT(pair["high"].get<double>(), 0.0);
  EXPECT_LE(pair["simultaneous"]["low"].get<double>(), pair["difference"].get<double>());
  EXPECT_LE(pair["p"].get<double>(), pair["adjusted_p"].get<double>());
  EXPECT_GE(pair["total_variation"]["mean"].get<double>(), 0.0);
  EXPECT_EQ(json["groups"].size(), 2u);
  EXPECT_GE(json["optimism"].get<double>(), 0.0);
  EXPECT_EQ(json["made_with"]["template"]["paper"], Json({"near"}));
  EXPECT_FALSE(json["made_with"].contains("model"));
}

TEST(ComparisonReport, TellsWhoIsAbsentAndThatNothingVaries) {
  RunComparison comparison = ComparisonExample().comparison;
  comparison.absent.push_back({"nearest (baseline)", "predicts only 3 of the 23 items"});
  for (RunPair& pair : comparison.pairs) {
    pair.p = pair.adjustedP = std::nullopt;
    pair.simultaneous = pair.difference.interval = std::nullopt;
  }
  EXPECT_THAT(comparisonText(comparison),
              AllOf(HasSubstr("Not compared: nearest (baseline), as it predicts only 3"),
                    HasSubstr("no two runs can be")));
  EXPECT_TRUE(comparisonToJson(comparison)["pairs"][0]["adjusted_p"].is_null());
}

}  // namespace
}  // namespace canvass
