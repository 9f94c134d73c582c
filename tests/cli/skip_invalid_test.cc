// --skip-invalid holds for every survey that a verb reads, whichever of them has the bad record.
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::runProgram;
using ::testing::AllOf;
using ::testing::HasSubstr;
using Arguments = std::vector<std::string>;

std::string recordOf(const std::string& id, const std::string& country, const std::string& shares) {
  return R"({"id":")" + id + R"(","instruction":"How would someone from )" + country +
         R"( answer the following question:\n\n","input":"Tea )" + id +
         R"(? \nHere are the options: \n","options":["(A)Yes","(B)No"],"options_dist":)" + shares +
         R"(,"data_type":"train"})";
}

std::string fileOf(const std::string& last) {
  return "[" + recordOf("1", "Japan", R"({"A":50.0,"B":50.0})") + "," +
         recordOf("1", "Peru", R"({"A":20.0,"B":80.0})") + "," + last + "]";
}

class SkipInvalidFiles : public testing::Test {
 protected:
  SkipInvalidFiles() {
    folder_.write("good.json", fileOf(recordOf("2", "Japan", R"({"A":60.0,"B":40.0})")));
    folder_.write("bad.json", fileOf(recordOf("2", "Japan", R"({"A":60.0,"B":-40.0})")));
    EXPECT_EQ(runProgram({"baseline", "uniform", "--items", at("good.json"), "-o",
                          at("predictions.jsonl")})
                  .exitCode,
              0);
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  test::TemporaryFolder folder_;
};

class SkipInvalid : public SkipInvalidFiles,
                    public testing::WithParamInterface<std::pair<const char*, Arguments>> {
 protected:
  // The verb's arguments, where GOOD, BAD, PREDICTIONS and OUT stand for files.
  Arguments arguments() const {
    const std::vector<std::pair<std::string, std::string>> files = {
        {"GOOD", "good.json"},
        {"BAD", "bad.json"},
        {"PREDICTIONS", "predictions.jsonl"},
        {"OUT", "out"}};
    Arguments all = GetParam().second;
    for (std::string& argument : all) {
      for (const auto& [name, file] : files) {
        if (argument == name) argument = at(file);
      }
    }
    return all;
  }
};

TEST_P(SkipInvalid, HoldsForTheSurveyWithTheBadRecord) {
  Arguments all = arguments();
  const Finished strict = runProgram(all);
  EXPECT_EQ(strict.exitCode, 1);
  EXPECT_THAT(strict.errors, AllOf(HasSubstr("bad.json, record 3"), HasSubstr("negative")));
  all.push_back("--skip-invalid");
  const Finished lenient = runProgram(all);
  EXPECT_EQ(lenient.exitCode, 0) << lenient.errors;
  EXPECT_THAT(lenient.errors, AllOf(HasSubstr("left out: " + at("bad.json") + ", record 3"),
                                    HasSubstr("1 record left out")));
}

INSTANTIATE_TEST_SUITE_P(
    Verbs, SkipInvalid,
    testing::Values(
        std::pair{"BaselineSurvey", Arguments{"baseline", "question-mean", "--items", "BAD",
                                              "--train", "GOOD", "-o", "OUT"}},
        std::pair{"BaselineTrain", Arguments{"baseline", "question-mean", "--items", "GOOD",
                                             "--train", "BAD", "-o", "OUT"}},
        std::pair{"EvaluateSurvey", Arguments{"evaluate", "--survey", "BAD", "--predictions",
                                              "PREDICTIONS", "--train", "GOOD"}},
        std::pair{"EvaluateTrain", Arguments{"evaluate", "--survey", "GOOD", "--predictions",
                                             "PREDICTIONS", "--train", "BAD"}},
        std::pair{"SplitSurvey", Arguments{"split", "BAD", "--test-survey", "GOOD", "-o", "OUT"}},
        std::pair{"SplitTest", Arguments{"split", "GOOD", "--test-survey", "BAD", "-o", "OUT"}},
        std::pair{"AuditSecond", Arguments{"audit", "GOOD", "BAD"}}),
    [](const auto& each) { return std::string(each.param.first); });

}  // namespace
}  // namespace canvass
