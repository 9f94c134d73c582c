#include <fmt/format.h>

#include <cmath>

#include "base/random.h"
#include "microdata/csv/csv_reader.h"
#include "microdata/tabulate.h"
#include "support/test_support.h"
#include "tables/make_tables.h"

namespace canvass {
namespace {

using namespace test;
using testing::HasSubstr;

const std::string mappingText = R"([survey]
language = "en"
[design]
weight = "w"
strata = "h"
cluster = "c"
[attributes.sex]
variable = "sex"
values = [{ code = 1, name = "male" }, { code = 2, name = "female" }]
[attributes.town]
variable = "town"
[[populations]]
by = []
name = "all"
phrase = "someone"
minimum = 1
[[populations]]
by = ["sex"]
phrase = "a {sex}"
minimum = 1
[[questions]]
variable = "q"
text = "Tea?"
scale = "interval"
options = [{ code = 1, text = "no", value = 0 }, { code = 2, text = "some", value = 1 },
           { code = 3, text = "much", value = 5 }]
not_asked = [""]
[[questions]]
variable = "r"
text = "Milk?"
scale = "nominal"
options = [{ code = 1, text = "yes" }, { code = 2, text = "no" }]
)";

// 4 strata of 5 clusters of 6: answers depend on the cluster and, a little, on the sex.
std::string sampleText() {
  RandomStream random(11, "tables");
  std::string text = "w,h,c,sex,town,q,r\n";
  for (int h = 0; h < 4; ++h) {
    for (int c = 0; c < 5; ++c) {
      const double lean = random.uniform();
      for (int i = 0; i < 6; ++i) {
        const int sex = 1 + static_cast<int>(random.below(2));
        const double draw = random.uniform() + 0.6 * lean + 0.2 * sex;
        text += fmt::format("{},{},{},{},{},{},{}\n", 0.5 + random.uniform(), h, c, sex, h % 2,
                            draw < 0.6   ? 1
                            : draw < 1.2 ? 2
                                         : 3,
                            1 + random.below(2));
      }
    }
  }
  return text;
}

class Tables : public testing::Test {
 protected:
  Tables() : mapping_(parseMapping(mappingText, "m.toml")), collector_(mapping_, false) {
    const auto path = folder_.write("a.csv", sampleText());
    Progress silent;
    collector_.read(*openCsv(path, csvFormOf(mapping_)), silent);
    survey_ = tabulate(mapping_, collector_.plan(), collector_.respondents(), {}, silent).survey;
  }

  std::vector<QuestionTable> ofRespondents(const TableOptions& options) const {
    return tablesOf(collector_.plan(), collector_.respondents(), options);
  }

  test::TemporaryFolder folder_;
  Mapping mapping_;
  RespondentCollector collector_;
  Survey survey_;
};

TEST_F(Tables, OfASurveyAndOfItsRespondentsAgreeOnEveryGroup) {
  for (const std::vector<std::string>& by : {std::vector<std::string>{}, {"sex"}}) {
    const auto fromSurvey = tablesOf(survey_, {{"q"}, by});
    const auto fromRespondents = ofRespondents({{"q"}, by});
    ASSERT_EQ(fromSurvey.size(), 1u);
    ASSERT_EQ(fromSurvey[0].groups.size(), fromRespondents[0].groups.size());
    for (std::size_t g = 0; g < fromSurvey[0].groups.size(); ++g) {
      const TableGroup& one = fromSurvey[0].groups[g];
      const TableGroup& other = fromRespondents[0].groups[g];
      EXPECT_EQ(one.respondents, other.respondents);
      EXPECT_EQ(one.degrees, other.degrees);
      EXPECT_FALSE(one.isApproximate);
      for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_DOUBLE_EQ(one.shares[k].share, other.shares[k].share);
        EXPECT_DOUBLE_EQ(*one.shares[k].standardError, *other.shares[k].standardError);
        EXPECT_DOUBLE_EQ(one.shares[k].interval->interval.low,
                         other.shares[k].interval->interval.low);
      }
      EXPECT_DOUBLE_EQ(*one.mean->standardError, *other.mean->standardError);
      EXPECT_DOUBLE_EQ(one.mean->mean, other.mean->mean);
    }
  }
}

// The mean's error comes from the shares' covariances: var(sum v p) for the values 0, 1, 5.
TEST_F(Tables, HaveDifferencesWhoseErrorsKnowWhatGroupsShare) {
  const QuestionTable table = ofRespondents({{"q"}, {"sex"}})[0];
  ASSERT_EQ(table.differences.size(), 4u);
  EXPECT_TRUE(table.hasCovariances);
  const TableDifference& mean = table.differences.back();
  EXPECT_FALSE(mean.option);
  double expected = 0.0;
  for (std::size_t k = 0; k < 3; ++k) {
    expected += std::vector<double>{0, 1, 5}[k] * table.differences[k].difference;
  }
  EXPECT_NEAR(mean.difference, expected, 1e-12);
  const QuestionTable independent = tablesOf(survey_, {{"q"}, {"sex"}})[0];
  EXPECT_NE(mean.standardError, independent.differences.back().standardError);
  const auto& groups = table.groups;
  EXPECT_NEAR(independent.differences.back().standardError,
              std::hypot(*groups[0].mean->standardError, *groups[1].mean->standardError), 1e-12);
  for (const TableDifference& one : table.differences) {
    EXPECT_GE(one.adjusted, one.probability);
    EXPECT_TRUE(one.interval.contains(one.difference));
  }
}

TEST_F(Tables, TestTheWholeBySecondOrderFromRespondentsAndByFirstFromASurvey) {
  const auto second = ofRespondents({{"q"}, {"sex"}})[0].test;
  const auto first = tablesOf(survey_, {{"q"}, {"sex"}})[0].test;
  ASSERT_TRUE(second && first);
  EXPECT_EQ(second->order, IndependenceTest::Order::second);
  EXPECT_EQ(first->order, IndependenceTest::Order::first);
  EXPECT_LE(second->numeratorDegrees, 2.0);
  EXPECT_EQ(first->numeratorDegrees, 2.0);
  EXPECT_FALSE(ofRespondents({{"q"}, {}})[0].test);
}

TEST_F(Tables, CoverAllQuestionsIfNoneIsNamed) {
  const auto tables = ofRespondents({{}, {"sex", "town"}});
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(tables[0].groups.size(), 4u);
  EXPECT_EQ(tables[0].groups[0].name, "male, 0");
  EXPECT_FALSE(tables[1].groups[0].mean);
}

TEST_F(Tables, AreApproximateWhereASurveyHasNoStandardErrors) {
  Survey survey = survey_;
  for (Item& item : survey.items) {
    item.standardErrors.reset();
    item.meanStandardError.reset();
    item.degrees.reset();
  }
  const QuestionTable table = tablesOf(survey, {{"q"}, {"sex"}})[0];
  const TableGroup& group = table.groups[0];
  EXPECT_TRUE(group.isApproximate);
  const double share = group.shares[0].share;
  EXPECT_DOUBLE_EQ(*group.shares[0].standardError,
                   std::sqrt(share * (1 - share) / *group.effectiveSampleSize));
  EXPECT_FALSE(group.mean->standardError);
  EXPECT_EQ(table.differences.size(), 3u);
}

TEST_F(Tables, DoNotDependOnTheOrderOfGroups) {
  Survey survey = survey_;
  std::swap(survey.populations[1], survey.populations[2]);
  for (Item& item : survey.items) {
    if (item.population > 0) item.population = 3 - item.population;
  }
  const QuestionTable one = tablesOf(survey_, {{"q"}, {"sex"}})[0];
  const QuestionTable other = tablesOf(survey, {{"q"}, {"sex"}})[0];
  EXPECT_EQ(other.groups[0].name, one.groups[1].name);
  EXPECT_NEAR(other.differences[0].difference, -one.differences[0].difference, 1e-15);
  EXPECT_NEAR(other.test->statistic, one.test->statistic, 1e-12);
}

TEST_F(Tables, SayWhatIsWrong) {
  const auto ofSurvey = [&](const TableOptions& options) {
    return errorOf([&] { tablesOf(survey_, options); });
  };
  EXPECT_EQ(ofSurvey({{"qq"}, {}}), "there is no question \"qq\"; did you mean \"q\"?");
  EXPECT_THAT(ofSurvey({{"q"}, {"town"}}),
              HasSubstr("no population is divided by exactly town; it has populations by "
                        "(everyone); sex: --by NAME"));
  EXPECT_THAT(errorOf([&] {
                ofRespondents({{"q"}, {"twon"}});
              }),
              HasSubstr("the mapping has no attribute \"twon\"; did you mean \"town\"?"));
}

}  // namespace
}  // namespace canvass
