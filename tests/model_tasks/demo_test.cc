#include "model_tasks/demo.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "model_tasks/small_models.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::HasSubstr;

TEST(Demo, LearnsAndJudges) {
  const test::TemporaryFolder parent;
  DemoOptions options;
  options.folder = parent.path() / "demo";
  std::size_t epochs = 0;
  for (int run = 0; run < 2; ++run) {  // the second makes room for itself
    Demo demo(options, test::drinksSurvey());
    EXPECT_EQ(demo.split().heldOut.items.size(), 5u);
    if (run == 0) continue;
    demo.learn(noProgress(), [&](const EpochRecord&, bool) { ++epochs; });
    const RunEvaluation figures = demo.judge();
    EXPECT_EQ(figures.evaluation.items.size(), 5u);
    const Json written =
        parseJson(readFile(demo.files().evaluation), demo.files().evaluation.string());
    EXPECT_EQ(written["items"], 5);
    EXPECT_EQ(readPredictions(demo.files().predictions).templateName, "question-first");
  }
  EXPECT_EQ(epochs, 40u);
}

TEST(Demo, ClearsNothingButADemo) {
  const test::TemporaryFolder mine;
  mine.write("thesis.txt", "years of work");
  DemoOptions options;
  options.folder = mine.path();
  EXPECT_THAT(errorOf([&] { Demo(options, test::drinksSurvey()); }),
              HasSubstr("not from an earlier demo"));
  EXPECT_TRUE(std::filesystem::exists(mine.path() / "thesis.txt"));
}

}  // namespace
}  // namespace canvass
