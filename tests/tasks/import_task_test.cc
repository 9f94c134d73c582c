#include "tasks/import_task.h"

#include "base/file.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::HasSubstr;

TEST(DraftSurveyMapping, WritesOnceAndSaysWhatItCannotDraft) {
  const test::TemporaryFolder folder;
  std::string answers = "sex,q\n";
  for (int i = 0; i < 120; ++i) answers += i % 2 == 0 ? "male,yes\n" : "female,no\n";
  const std::string table = folder.write("tea.csv", answers).string();
  const auto target = folder.path() / "tea.toml";
  const ImportTask task{.inputs = {table}};
  EXPECT_EQ(draftSurveyMapping(task, target).format, "csv");
  EXPECT_THAT(readFile(target), HasSubstr("[[questions]]"));
  EXPECT_THAT(errorOf([&] { draftSurveyMapping(task, target); }), HasSubstr("already exists"));
  const ImportTask records{.format = "simllm", .inputs = {table}};
  EXPECT_THAT(errorOf([&] { draftSurveyMapping(records, target); }),
              HasSubstr("the format simllm needs no mapping"));
}

}  // namespace
}  // namespace canvass
