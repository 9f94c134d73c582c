#include "report/survey/audit_text.h"

#include <nlohmann/json.hpp>

#include "support/test_support.h"

namespace canvass {
namespace {

std::vector<PartPair> samplePairs() {
  return {
      {"train",
       "test",
       {{OverlapKind::nearDuplicate, "1", "x", 0.912, "Do you like tea?", "Do you like teas?"},
        {OverlapKind::battery, "2", "2", 0.9,
         "How far do you trust each of these institutions, very much or not at all? The police",
         "How far do you trust each of these institutions, very much or not at all? The courts"},
        {OverlapKind::population, "jp", "jp", 1.0, "Japan", "Japan"},
        {OverlapKind::population, "pe", "Peru", 1.0, "Peru", "Peru"}}},
      {"train", "other", {}},
      {"test", "chinese", {}, false}};
}

TEST(AuditText, ShowsCountsAndExamples) {
  EXPECT_EQ(auditText(samplePairs(), 1, {.width = 60}),
            "train and test\n"
            "      1  pair of questions that are near-duplicates\n"
            "           1 and x, similarity 0.91\n"
            "             Do you like tea?\n"
            "             Do you like teas?\n"
            "      1  pair of questions from one battery: they differ at one position\n"
            "           2, similarity 0.90\n"
            "             …titutions, very much or not at all? The police\n"
            "             …titutions, very much or not at all? The courts\n"
            "      2  populations in both\n"
            "           jp\n"
            "           and 1 more\n"
            "\n"
            "test and chinese\n"
            "         in two languages: questions were compared by id\n"
            "         only\n"
            "\n"
            "Nothing in common:\n"
            "  train and other\n");
}

TEST(AuditText, CutsWideTextsToTheLine) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "茶";
  const std::vector<PartPair> pairs = {
      {"a", "b", {{OverlapKind::renamed, "1", "2", 1.0, text + "一", text + "二"}}}};
  const std::string shown = auditText(pairs, 1, {.width = 40});
  EXPECT_THAT(shown, ::testing::HasSubstr("…茶茶茶茶茶茶茶茶茶茶茶茶一\n"));
}

TEST(AuditJson, HoldsEveryOverlap) {
  const Json json = auditJson(samplePairs());
  ASSERT_EQ(json["pairs"].size(), 3u);
  const Json& pair = json["pairs"][0];
  EXPECT_EQ(pair["counts"]["populations"], 2);
  EXPECT_EQ(pair["counts"]["items"], 0);
  EXPECT_EQ(pair["overlaps"].size(), 4u);
  EXPECT_EQ(pair["overlaps"][0]["kind"], "near-duplicates");
  EXPECT_EQ(pair["overlaps"][0]["second_text"], "Do you like teas?");
  EXPECT_EQ(json["pairs"][2]["texts_compared"], false);
}

}  // namespace
}  // namespace canvass
