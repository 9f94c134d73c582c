#include "weighting/weigh.h"

#include <numeric>

#include "microdata/text_microdata.h"

namespace canvass {
namespace {

using namespace test;

const std::string mappingText = test::smallMapping(R"([attributes.sex]
variable = "sex"
values = [{ code = 1, name = "male" }, { code = 2, name = "female" }, { code = 3, name = "other" }]
[attributes.age]
variable = "age"
values = [{ to = 39, name = "young" }, { from = 40, name = "old" }]
)");

const std::string csv =
    "sex,age,q\n1,20,1\n1,50,1\n1,60,2\n2,30,1\n2,70,2\n2,25,2\n1,33,1\n2,45,1\n";

Weighing weighed(const std::string& margins, const WeighOptions& options = {},
                 const std::string& rows = csv) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("a.csv", rows);
  const Mapping mapping = parseMapping(mappingText, "m.toml");
  RespondentCollector collector(mapping, false);
  Progress silent;
  collector.read(*openCsv(path, csvFormOf(mapping)), silent);
  return weigh(parseMarginsCsv(margins, "margins.csv"), collector.plan(), collector.respondents(),
               options);
}

double sumOf(const std::vector<double>& weights) {
  return std::accumulate(weights.begin(), weights.end(), 0.0);
}

TEST(Weigh, FitsSharesAndKeepsTheSumOfWeights) {
  const Weighing weighing = weighed("sex,age,percent\nmale,,40\nfemale,,60\n,young,30\n,old,70\n");
  ASSERT_EQ(weighing.cells.size(), 4u);
  EXPECT_EQ(weighing.cells[0].name, "sex: male");
  EXPECT_EQ(weighing.cells[0].respondents, 4u);
  EXPECT_DOUBLE_EQ(weighing.cells[0].before, 0.5);
  for (const WeighedCell& cell : weighing.cells) EXPECT_NEAR(cell.after, cell.target, 1e-9);
  EXPECT_NEAR(sumOf(weighing.weights), 8.0, 1e-9);
  EXPECT_DOUBLE_EQ(weighing.before.designEffect, 1.0);
  EXPECT_GT(weighing.after.designEffect, 1.0);
  EXPECT_NEAR(weighing.after.designEffect * weighing.after.effectiveSampleSize, 8.0, 1e-12);
}

TEST(Weigh, SumsToTheCount) {
  EXPECT_NEAR(sumOf(weighed("sex,count\nmale,400\nfemale,700\n").weights), 1100.0, 1e-6);
}

TEST(Weigh, LetsThoseWithoutAValueKeepTheirShare) {
  const std::string rows = csv + "9,40,1\n9,20,1\n";
  const std::string margins = "sex,share\nmale,0.25\nfemale,0.75\n";
  EXPECT_EQ(
      errorOf([&] { weighed(margins, {}, rows); }),
      "margins.csv: 2 respondents without a value of sex; give them one in the mapping, or let "
      "them keep their share: --keep-missing");
  const Weighing weighing = weighed(margins, {{}, true}, rows);
  ASSERT_EQ(weighing.cells.size(), 3u);
  EXPECT_EQ(weighing.cells[2].name, "sex: (no value)");
  EXPECT_NEAR(weighing.cells[2].after, 0.2, 1e-9);
  EXPECT_NEAR(weighing.cells[0].after, 0.8 * 0.25, 1e-9);
}

TEST(Weigh, GivesNoWeightToACellThatThePopulationDoesNotHave) {
  const Weighing weighing = weighed("sex,share\nmale,1\nfemale,0\n");
  EXPECT_EQ(weighing.respondents, 4u);
  EXPECT_EQ(weighing.weights[3], 0.0);
  EXPECT_THAT(weighing.notes,
              testing::ElementsAre("4 respondents in cells with the amount 0 get the weight 0"));
}

TEST(Weigh, CountsWeightsAtTheirLimits) {
  const Weighing weighing = weighed("sex,age,percent\nmale,,40\nfemale,,60\n,young,30\n,old,70\n",
                                    {{WeightDistance::raking, {}, WeightRange{0.2, 1.6}}, false});
  EXPECT_GT(weighing.atBounds, 0u);
  EXPECT_LE(weighing.after.largest, 1.6 + 1e-9);
}

struct BadMargins {
  const char* margins;
  const char* error;
};

class Unweighable : public testing::TestWithParam<BadMargins> {};

TEST_P(Unweighable, IsNamed) {
  EXPECT_THAT(errorOf([] { weighed(GetParam().margins); }), testing::HasSubstr(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    Weigh, Unweighable,
    testing::Values(BadMargins{"sec,share\nmale,1\n",
                               "the mapping has no attribute \"sec\"; did you mean \"sex\""},
                    BadMargins{"sex,share\nman,1\n",
                               "margins.csv:2: the attribute \"sex\" has no value \"man\""},
                    BadMargins{"sex,share\nmale,1\n", "the margin sex does not list female (4)"},
                    BadMargins{"sex,share\nmale,0.49\nfemale,0.5\nother,0.01\n",
                               "1 cell without a respondent: sex: other; combine them with others"},
                    BadMargins{"sex,age,count\nmale,,400\nfemale,,700\n,young,300\n,old,400\n",
                               "the counts of sex sum to 1100, those of age to 700"}));

TEST(Weigh, NamesTheMarginThatCannotBeReached) {
  // All men are young and all women old.
  const std::string rows = "sex,age,q\n1,20,1\n1,30,1\n2,50,1\n2,60,1\n";
  EXPECT_THAT(errorOf([&] {
                weighed("sex,age,percent\nmale,,60\nfemale,,40\n,young,30\n,old,70\n", {}, rows);
              }),
              testing::AllOf(testing::HasSubstr("no weights fit all margins"),
                             testing::HasSubstr("two margins contradict each other")));
  EXPECT_THAT(errorOf([&] {
                weighed("sex,percent\nmale,95\nfemale,5\n",
                        {{WeightDistance::raking, WeightRange{0.5, 1.5}}, false});
              }),
              testing::HasSubstr("no weights within the bounds fit all margins"));
  EXPECT_THAT(errorOf([&] {
                weighed("sex,age,percent\nmale,,97\nfemale,,3\n,young,97\n,old,3\n",
                        {{WeightDistance::linear}, false});
              }),
              testing::HasSubstr("would be negative; give bounds"));
}

}  // namespace
}  // namespace canvass
