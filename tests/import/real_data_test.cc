// The real files beside the checkout: what they hold is known, record by record.
#include <algorithm>

#include "import/import.h"
#include "import/simllm/simllm.h"
#include "support/test_support.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Expected {
  const char* file;
  std::size_t items;
  std::size_t questions;
  const char* language;
};

const Expected wvsFiles[] = {{"wvs7/train.json", 5182, 139, "en"},
                             {"wvs7/valid.json", 1148, 31, "en"},
                             {"wvs7/valid_zh.json", 1252, 31, "zh"}};

TEST(RealData, EveryRecordOfTheWorldValuesSurveyIsGood) {
  CANVASS_NEEDS_SHARED_DATA();
  for (const Expected& expected : wvsFiles) {
    const ImportResult result = importSimllm({test::sharedDataFolder() / expected.file}, {});
    EXPECT_EQ(result.survey.items.size(), expected.items) << expected.file;
    EXPECT_EQ(result.survey.questions.size(), expected.questions) << expected.file;
    EXPECT_EQ(result.survey.populations.size(), 41u) << expected.file;
    EXPECT_EQ(result.survey.language, expected.language);
    EXPECT_THAT(result.notes, Contains(HasSubstr("the shares are percentages")));
    EXPECT_NO_THROW(checkSurvey(result.survey, expected.file));
  }
}

// The Chinese file lists shares in another order than options, the English one does not: the same
// country and question have the same figures in both.
TEST(RealData, BothLanguagesHaveTheSameFigures) {
  CANVASS_NEEDS_SHARED_DATA();
  const Survey english = loadSurvey(test::sharedDataFolder() / "wvs7/valid.json");
  const Survey chinese = loadSurvey(test::sharedDataFolder() / "wvs7/valid_zh.json");
  const SurveyIndex index(chinese);
  std::size_t compared = 0;
  for (const Item& item : english.items) {
    const auto question = index.question(english.questionOf(item).id);
    const auto population = index.population(english.populationOf(item).id);
    if (!question || !population) continue;
    const auto other = index.item(*question, *population);
    if (!other) continue;
    ++compared;
    EXPECT_EQ(item.observed, chinese.items[*other].observed)
        << english.questionOf(item).id << " " << english.populationOf(item).id;
  }
  EXPECT_GT(compared, 1000u);
}

TEST(RealData, TheBadRecordsOfPewAreNamed) {
  CANVASS_NEEDS_SHARED_DATA();
  const auto path = test::sharedDataFolder() / "pew/test.json";
  EXPECT_THAT(test::errorOf([&] { importSimllm({path}, {}); }),
              HasSubstr("test.json, record 603 (id 2446): all shares are 0"));
  ImportOptions options;
  options.skipInvalid = true;
  const ImportResult result = importSimllm({path}, options);
  EXPECT_EQ(result.survey.items.size(), 1993u);
  EXPECT_EQ(result.survey.populations.size(), 131u);
  EXPECT_THAT(result.notes, Contains(HasSubstr("the shares are proportions")));
  std::vector<std::size_t> zeroSums;
  std::vector<std::size_t> others;
  for (const SkippedRecord& record : result.skipped) {
    (record.reason == "all shares are 0" ? zeroSums : others).push_back(record.record);
    EXPECT_EQ(record.id, "2446");
  }
  EXPECT_THAT(zeroSums, ElementsAre(603, 642, 660, 805, 1428, 1614, 1638, 1786));
  EXPECT_THAT(others, ElementsAre(938));
  EXPECT_THAT(result.skipped,
              Contains(Field(&SkippedRecord::reason, HasSubstr("the shares sum to 1.072"))));
}

TEST(RealData, FilesOfOneSurveyMergeAndHaveTopics) {
  CANVASS_NEEDS_SHARED_DATA();
  ImportOptions options;
  options.topics = readTopics(test::sourceFolder() / "data/topics/wvs7.csv");
  const auto folder = test::sharedDataFolder() / "wvs7";
  const Survey survey =
      importSimllm({folder / "train.json", folder / "valid.json"}, options).survey;
  EXPECT_EQ(survey.items.size(), 5182u + 1148u);
  EXPECT_EQ(survey.populations.size(), 41u);
  EXPECT_THAT(survey.questions, Each(Field(&Question::topic, testing::Not(IsEmpty()))));
  EXPECT_THAT(survey.questions, Contains(Field(&Question::topic, "corruption")));
}

TEST(RealData, ASurveyFileKeepsEverything) {
  CANVASS_NEEDS_SHARED_DATA();
  const test::TemporaryFolder folder;
  const Survey survey = loadSurvey(test::sharedDataFolder() / "wvs7/valid_zh.json");
  const auto path = folder.path() / "survey.jsonl";
  writeSurvey(survey, path);
  const Survey read = loadSurvey(path);
  EXPECT_EQ(read.questions, survey.questions);
  EXPECT_EQ(read.populations, survey.populations);
  ASSERT_EQ(read.items.size(), survey.items.size());
  for (std::size_t i = 0; i < read.items.size(); ++i) {
    EXPECT_EQ(read.items[i].observed, survey.items[i].observed);
  }
}

}  // namespace
}  // namespace canvass
