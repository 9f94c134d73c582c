#include "tasks/reflect_task.h"

#include <nlohmann/json.hpp>

#include "opinions/made_up_opinions.h"
#include "opinions/made_up_values.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::HasSubstr;

class ReflectTaskTest : public ::testing::Test {
 protected:
  ReflectTaskTest() {
    task_.survey = test::madeUpValues(test::madeUpPlaces(20));
    task_.unsteered = {"default.jsonl", test::answeringByQuestion(task_.survey, [this](auto q) {
                         return test::observedOf(task_.survey, q, 2);
                       })};
    task_.bootstrap.resamples = 50;
  }

  NamedPredictions steered(const std::string& file, const std::string& templateName) const {
    NamedPredictions run{file, test::shrunk(task_.survey, 0.5)};
    run.predictions.templateName = templateName;
    return run;
  }
  std::vector<std::string> namesWith(std::vector<NamedPredictions> runs) {
    task_.steered = std::move(runs);
    std::vector<std::string> names;
    for (const SteeredAnswers& one : reflectOpinions(task_).steered) names.push_back(one.name);
    return names;
  }

  ReflectTask task_;
};

TEST_F(ReflectTaskTest, NamesRunsByTheirFiles) {
  EXPECT_THAT(namesWith({steered("a.jsonl", "qa"), steered("b.jsonl", "bio")}),
              testing::ElementsAre("a", "b"));
  EXPECT_THAT(namesWith({steered("x/a.jsonl", "qa"), steered("y/a.jsonl", "bio")}),
              testing::ElementsAre("x/a.jsonl", "y/a.jsonl"));
}

TEST_F(ReflectTaskTest, AsksForTheMapItHas) {
  const Reflection reflection = reflectOpinions(task_);
  const Json request = culturalMapRequest(task_.survey, reflection, "dark");
  EXPECT_EQ(request["picture"], "cultural-map");
  EXPECT_EQ(request["theme"], "dark");
  Reflection without = reflection;
  without.map.reset();
  without.mapMissing = "too few indicators";
  EXPECT_EQ(errorOf([&] { culturalMapRequest(task_.survey, without, "dark"); }),
            "too few indicators");
}

TEST_F(ReflectTaskTest, SaysWhatIsWrongWithWhichRun) {
  task_.whole = "earth";
  EXPECT_THAT(errorOf([&] { reflectOpinions(task_); }), HasSubstr("no population \"earth\""));
  task_.whole.clear();
  task_.steered = {{"empty.jsonl", {}}};
  EXPECT_THAT(errorOf([&] { reflectOpinions(task_); }), HasSubstr("empty.jsonl: no prediction"));
}

}  // namespace
}  // namespace canvass
