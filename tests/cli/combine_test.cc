// `canvass combine`: fit, estimate and simulate, from files to files.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "report/terminal/terminal_text.h"
#include "support/program.h"
#include "survey/survey_file.h"
#include "tasks/rain_survey.h"

namespace canvass {
namespace {

using test::outputOf;
using test::runProgram;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class CombineVerbs : public testing::Test {
 protected:
  CombineVerbs() {
    const Survey survey = test::rainSurvey(12);
    writeSurvey(survey, at("survey.jsonl"));
    writeSurvey(test::questionsOf(survey, 0, 6), at("validation.jsonl"));
    writeSurvey(test::questionsOf(survey, 6, 12), at("training.jsonl"));
    writePredictions(test::predictionsOf(survey, "near", 0.2).predictions, at("near.jsonl"));
    writePredictions(test::predictionsOf(survey, "flat", 0.9).predictions, at("flat.jsonl"));
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  test::TemporaryFolder folder_;
};

TEST_F(CombineVerbs, FitGivesWeightsAndPredictsOtherItems) {
  const std::string text = outputOf({"combine", "fit", "--survey", at("validation.jsonl"),
                                     "--predictions", at("near.jsonl"), at("flat.jsonl"), "-o",
                                     at("combined.jsonl"), "--json", at("combined.json")});
  EXPECT_THAT(text, AllOf(HasSubstr("near  "), HasSubstr("pool, cross-validated"),
                          HasSubstr("30 predictions written to")));
  const Predictions combined = readPredictions(at("combined.jsonl"));
  EXPECT_THAT(combined.predictions, SizeIs(30));
  const Json json = parseJson(readFile(at("combined.json")), "json");
  EXPECT_EQ(json["validation_items"], 30);
  EXPECT_GT(json["inputs"][0]["js_similarity"].get<double>(),
            json["inputs"][1]["js_similarity"].get<double>());
  const auto twice =
      runProgram({"combine", "fit", "--survey", at("validation.jsonl"), "--predictions",
                  at("near.jsonl"), at("near.jsonl"), "-o", at("combined.jsonl")});
  EXPECT_EQ(twice.exitCode, 1);
  EXPECT_THAT(twice.errors, HasSubstr("given twice"));
}

TEST_F(CombineVerbs, EstimateDrawsPredictionsAndRespondentsTogether) {
  const std::string text =
      outputOf({"combine", "estimate", "--survey", at("survey.jsonl"), "--predictions",
                at("near.jsonl"), "-o", at("estimates.jsonl")});
  EXPECT_THAT(onOneLine(text),
              AllOf(HasSubstr("more interviews per item"), HasSubstr("60 items and 12 means")));
  EXPECT_THAT(readFile(at("estimates.jsonl")), HasSubstr("\"canvass\":\"estimates\""));
}

TEST_F(CombineVerbs, SimulateSaysWhatEstimatesAreWorth) {
  const std::vector<std::string> arguments = {"combine",       "simulate",
                                              "--survey",      at("survey.jsonl"),
                                              "--predictions", at("near.jsonl"),
                                              "--simulations", "5",
                                              "--sample-size", "20",
                                              "--populations", "3"};
  EXPECT_THAT(outputOf(arguments), HasSubstr("5 simulated surveys of 20 respondents per item"));
  std::vector<std::string> asJson = arguments;
  asJson.push_back("--json");
  const Json json = parseJson(outputOf(asJson), "output");
  EXPECT_EQ(json["items"]["estimated"], 5 * 12 * 3);
}

}  // namespace
}  // namespace canvass
