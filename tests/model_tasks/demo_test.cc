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
    ASSERT_EQ(demo.judge().size(), 1u);
    const RunEvaluation figures = demo.judge().front();
    EXPECT_EQ(figures.evaluation.items.size(), 5u);
    const Json written =
        parseJson(readFile(demo.files().evaluation), demo.files().evaluation.string());
    EXPECT_EQ(written["items"], 5);
    EXPECT_EQ(readPredictions(demo.files().predictions).templateName, "question-first");
  }
  EXPECT_EQ(epochs, 40u);
}

// A given model is asked about questions that it never sees, before and after.
TEST(Demo, SpecializesAGivenModel) {
  const test::TemporaryFolder parent;
  DemoOptions options;
  options.folder = parent.path() / "demo";
  options.model = openModel(test::newModelFolder());
  const Demo demo(options, test::drinksSurvey());
  EXPECT_EQ(demo.split().heldOut.questions.size(), 1u);
  for (const Item& item : demo.split().train.items) {
    const std::string& id = demo.split().train.questionOf(item).id;
    EXPECT_NE(id, demo.split().heldOut.questions.front().id);
  }
  demo.askBefore();
  std::size_t epochs = 0;
  demo.learn(noProgress(), [&](const EpochRecord&, bool) { ++epochs; });
  EXPECT_EQ(epochs, demo.epochs());
  EXPECT_TRUE(std::filesystem::exists(demo.files().trained / "adapter_config.json"));
  const auto figures = demo.judge();
  ASSERT_EQ(figures.size(), 2u);
  EXPECT_EQ(figures[0].name, "specialized");
  EXPECT_EQ(figures[1].name, "before");
  EXPECT_EQ(figures[0].evaluation.items.size(), demo.split().heldOut.items.size());
  EXPECT_EQ(figures[0].uncertainty.fromRuns.size(), 1u);
  ASSERT_EQ(figures[0].baselines.size(), 1u);  // nothing else can be said about a new question
  EXPECT_EQ(figures[0].baselines[0].baseline->id, "uniform");
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
