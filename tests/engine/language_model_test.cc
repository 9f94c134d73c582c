#include "engine/language_model.h"

#include "engine/small_world.h"
#include "support/test_support.h"

namespace canvass {
namespace {

TEST(LanguageModel, SaysInWhatPrecisionItAnswers) {
  const test::SmallModel small;
  const auto files = openModel(small.folder());
  struct Row {
    const char* precision;
    const char* weights;
    const char* text;
  };
  const Row rows[] = {{"fp32", "auto", "fp32"},
                      {"fp32", "stored", "fp32"},
                      {"bf16", "dense", "bf16"},
                      {"auto", "q8_0", "fp32, Q8_0 weights"},
                      {"bf16", "q4_k", "bf16, Q4_K weights"}};
  for (const Row& row : rows) {
    const LanguageModel model({.model = files,
                               .precision = parsePrecision(row.precision),
                               .weights = parseWeights(row.weights)});
    EXPECT_EQ(precisionOf(model), row.text) << row.weights;
  }
}

TEST(LanguageModel, RefusesWordsItDoesNotKnow) {
  EXPECT_THAT(test::errorOf([] { parseWeights("q4_0"); }),
              ::testing::HasSubstr("choose auto, dense, stored, q8_0 or q4_k"));
  EXPECT_THAT(test::errorOf([] { parsePrecision("fp16"); }), ::testing::HasSubstr("fp16"));
}

}  // namespace
}  // namespace canvass
