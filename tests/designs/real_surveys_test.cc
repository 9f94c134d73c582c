// The designs on real survey results: the World Values Survey and questions of Pew's.
#include "designs/audit.h"
#include "designs/design_surveys.h"
#include "designs/leave_out.h"
#include "designs/naacl2025.h"
#include "import/import.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::partNamed;
using ::testing::SizeIs;

Survey load(const char* file) {
  ImportOptions options;
  options.skipInvalid = true;
  return loadSurveyWithNotes(test::sharedDataFolder() / file, options).survey;
}

TEST(RealSurveys, TheFilesOfThePaperAreItsParts) {
  CANVASS_NEEDS_SHARED_DATA();
  const Survey train = load("wvs7/train.json");
  const Survey valid = load("wvs7/valid.json");
  const Parts parts = splitNaacl2025(mergeSurveys({train, valid}), false);
  EXPECT_EQ(test::cellsOf(*partNamed(parts, "train")), test::cellsOf(train));
  EXPECT_EQ(test::cellsOf(*partNamed(parts, "valid")), test::cellsOf(valid));
  EXPECT_THAT(parts.emptyParts, SizeIs(5));
}

TEST(RealSurveys, TrainingAndValidationShareNoQuestion) {
  CANVASS_NEEDS_SHARED_DATA();
  const auto pairs =
      auditParts({{"train", load("wvs7/train.json")}, {"valid", load("wvs7/valid.json")}});
  EXPECT_EQ(countOverlaps(pairs[0], OverlapKind::population), 41u);
  EXPECT_EQ(pairs[0].overlaps.size(), 41u);
}

// 620 questions of the collection were asked by Pew or by the World Values Survey itself.
TEST(RealSurveys, QuestionsOfTheSameProgrammeAreFound) {
  CANVASS_NEEDS_SHARED_DATA();
  const Survey other = load("pew/test.json");
  const Parts parts = leaveSurveyOut(load("wvs7/train.json"), other);
  std::size_t items = 0;
  for (const Part& part : parts.parts) items += part.name == "train" ? 0 : part.survey.items.size();
  EXPECT_EQ(items, other.items.size());
  ASSERT_NE(partNamed(parts, "test-seen"), nullptr);
  EXPECT_TRUE(SurveyIndex(*partNamed(parts, "test-seen")).question("2447"));  // independence
}

}  // namespace
}  // namespace canvass
