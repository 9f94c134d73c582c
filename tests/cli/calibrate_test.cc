// `canvass calibrate`, which needs no model.
#include "base/file.h"
#include "predictions/predictions.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::outputOf;
using test::runProgram;
using ::testing::HasSubstr;

// Two questions of one population; the predictions are the observed shares, squared and divided by
// their sum.
class CalibrateVerb : public testing::Test {
 protected:
  CalibrateVerb() {
    folder_.write("survey.jsonl",
                  R"({"canvass":"survey","version":1,"language":"en"}
{"question":{"id":"Q1","text":"Tea?","scale":"ordinal","options":[{"label":"A","text":"Yes"},{"label":"B","text":"No"}]}}
{"question":{"id":"Q2","text":"Milk?","scale":"ordinal","options":[{"label":"A","text":"Yes"},{"label":"B","text":"No"}]}}
{"population":{"id":"JP","name":"Japan","phrase":"someone from Japan"}}
{"item":{"question":"Q1","population":"JP","distribution":[0.75,0.25]}}
{"item":{"question":"Q2","population":"JP","distribution":[0.5,0.5]}}
)");
    folder_.write("predictions.jsonl",
                  R"({"canvass":"predictions","version":1,"model":"m"}
{"question":"Q1","population":"JP","labels":["A","B"],"probabilities":[0.9,0.1]}
{"question":"Q2","population":"JP","labels":["A","B"],"probabilities":[0.5,0.5]}
)");
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  std::string fit(const std::string& method) const {
    return outputOf({"calibrate", "fit", "--survey", at("survey.jsonl"), "--predictions",
                     at("predictions.jsonl"), "--method", method, "-o", at("calibrator.json")});
  }

  test::TemporaryFolder folder_;
};

TEST_F(CalibrateVerb, FitsAndApplies) {
  EXPECT_THAT(fit("temperature"), HasSubstr("temperature 2, fitted to 2 items"));
  outputOf({"calibrate", "apply", at("calibrator.json"), "--predictions", at("predictions.jsonl"),
            "-o", at("calibrated.jsonl")});
  const Predictions calibrated = readPredictions(at("calibrated.jsonl"));
  EXPECT_EQ(calibrated.model, "m");
  EXPECT_EQ(calibrated.calibration, "temperature 2, fitted to 2 items");
  EXPECT_NEAR(calibrated.predictions[0].probabilities[0], 0.75, 1e-9);
}

TEST_F(CalibrateVerb, WarnsOfItemsThatWereFittedTo) {
  fit("linear");
  const std::vector<std::string> apply{"calibrate",
                                       "apply",
                                       at("calibrator.json"),
                                       "--predictions",
                                       at("predictions.jsonl"),
                                       "-o",
                                       at("calibrated.jsonl")};
  EXPECT_THAT(runProgram(apply).errors, HasSubstr("warning: 2 of 2 predictions"));
  auto skipping = apply;
  skipping.push_back("--skip-fitted");
  const auto finished = runProgram(skipping);
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors, HasSubstr("no prediction is left"));
}

TEST_F(CalibrateVerb, NeedsToKnowWhatToDo) {
  EXPECT_EQ(
      runProgram({"calibrate", "--predictions", at("predictions.jsonl"), "-o", at("x")}).exitCode,
      2);
  EXPECT_EQ(runProgram({"calibrate", "fit", "--survey", at("survey.jsonl"), "--predictions",
                        at("predictions.jsonl"), "--method", "luck", "-o", at("x")})
                .exitCode,
            2);
}

}  // namespace
}  // namespace canvass
