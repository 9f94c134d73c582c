#include "predictions/named_predictions.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(NamedPredictions, AreReadOnceAFile) {
  const test::TemporaryFolder folder;
  const std::string text = "{\"canvass\":\"predictions\",\"version\":1,\"model\":\"m\"}\n";
  const std::string first = folder.write("first.jsonl", text).string();
  const std::string second = folder.write("second.jsonl", text).string();
  const auto runs = readNamedPredictions({first, second});
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[1].name, second);
  EXPECT_EQ(runs[1].predictions.model, "m");
  EXPECT_THAT(test::errorOf([&] {
                readNamedPredictions({first, first});
              }),
              HasSubstr("given twice"));
}

TEST(NamedPredictions, HaveShortNamesIfTheseDiffer) {
  EXPECT_THAT(shortNames({{"a/tuned.jsonl", {}}, {"a/text.jsonl", {}}}),
              ElementsAre("tuned", "text"));
  EXPECT_THAT(shortNames({{"a/tuned.jsonl", {}}, {"b/tuned.jsonl", {}}}),
              ElementsAre("a/tuned.jsonl", "b/tuned.jsonl"));
}

}  // namespace
}  // namespace canvass
