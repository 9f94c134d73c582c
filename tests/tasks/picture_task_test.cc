#include "tasks/picture_task.h"

#include <nlohmann/json.hpp>

#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::HasSubstr;

std::string evaluationOf(const std::string& name, double value) {
  const Json group{{"name", "Women"},
                   {"attributes", {{"sex", "female"}}},
                   {"metrics", {{"js_similarity", value}}},
                   {"denominators", {{"js_similarity", 3}}}};
  return Json{{"name", name}, {"model", name}, {"by_population", {{"women", group}}}}.dump();
}

TEST(PictureTask, DrawsTheRunThatIsAskedFor) {
  const test::TemporaryFolder folder;
  const auto both = folder.write("both.json", "[" + evaluationOf("runs/plain.jsonl", 0.25) + "," +
                                                  evaluationOf("runs/tuned.jsonl", 0.5) + "]");
  const auto valueOf = [&](const std::string& run) {
    PictureTask task{.kind = "map", .evaluation = both.string(), .run = run};
    return pictureRequest(task)["map"]["values"][0]["value"].get<double>();
  };
  EXPECT_EQ(valueOf("plain"), 0.25);
  EXPECT_EQ(valueOf("tuned"), 0.5);
  EXPECT_THAT(errorOf([&] { valueOf(""); }),
              HasSubstr("both.json: there are 2 evaluations in this file; give --run plain, or "
                        "--run tuned"));
  EXPECT_THAT(errorOf([&] { valueOf("other"); }), HasSubstr("there is no run \"other\""));
}

}  // namespace
}  // namespace canvass
