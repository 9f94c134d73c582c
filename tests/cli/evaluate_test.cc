// `canvass evaluate` prints what a caller of the library is given.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "evaluation/run_evaluation.h"
#include "report/evaluation/evaluation_json.h"
#include "report/evaluation/evaluation_text.h"
#include "support/program.h"
#include "survey/survey_file.h"
#include "tasks/rain_survey.h"

namespace canvass {
namespace {

using test::outputOf;
using ::testing::HasSubstr;

TEST(EvaluateVerb, GivesTheFiguresOfTheLibrary) {
  const test::TemporaryFolder folder;
  const std::string observed = (folder.path() / "survey.jsonl").string();
  const std::string predicted = (folder.path() / "near.jsonl").string();
  const Survey survey = test::rainSurvey();
  const NamedPredictions run = test::predictionsOf(survey, predicted, 0.3);
  writeSurvey(survey, observed);
  writePredictions(run.predictions, predicted);
  const std::vector<std::string> asJson = {"evaluate", "--survey",    observed, "--predictions",
                                           predicted,  "--resamples", "60",     "--json"};
  std::vector<std::string> asText(asJson.begin(), asJson.end() - 1);
  asText.insert(asText.end(), {"--metric", "tvd"});

  RunEvaluationOptions options{.bootstrap = {.resamples = 60}, .equivalents = {metricIndex("tvd")}};
  const auto shown = evaluateRuns(survey, {run}, nullptr, options);
  EXPECT_THAT(outputOf(asText), HasSubstr(evaluationText(survey, shown, {.metric = "tvd"})));

  for (std::size_t m = 0; m < itemMetrics().size(); ++m) {
    if (m != metricIndex("tvd")) options.equivalents.push_back(m);
  }
  const auto whole = evaluateRuns(survey, {run}, nullptr, options);
  EXPECT_EQ(parseJson(outputOf(asJson), "output").dump(),
            runEvaluationToJson(survey, whole.front()).dump());
}

}  // namespace
}  // namespace canvass
