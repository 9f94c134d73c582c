// What verbs do, without the verbs: no process, nothing printed.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "evaluation/run_evaluation.h"
#include "report/evaluation/evaluation_json.h"
#include "support/test_support.h"
#include "survey/survey_file.h"
#include "tasks/audit_task.h"
#include "tasks/baseline_task.h"
#include "tasks/combine_task.h"
#include "tasks/import_task.h"
#include "tasks/picture_task.h"
#include "tasks/rain_survey.h"
#include "tasks/recalibrate_task.h"
#include "tasks/report_task.h"
#include "tasks/split_task.h"

namespace canvass {
namespace {

using test::errorOf;
using test::predictionsOf;
using test::questionsOf;
using test::rainSurvey;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Fails a test in which a task prints.
class Tasks : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
  }
  void TearDown() override {
    EXPECT_THAT(testing::internal::GetCapturedStdout(), IsEmpty());
    EXPECT_THAT(testing::internal::GetCapturedStderr(), IsEmpty());
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  test::TemporaryFolder folder_;
};

TEST_F(Tasks, ImportDetectsTheFormat) {
  const std::string records =
      folder_
          .write("tea.json", R"([{"id":1,"instruction":"How would someone from Peru )"
                             R"(answer the following question:\n\n",)"
                             R"("input":"Tea? \nHere are the options: \n",)"
                             R"("options":["(A)Yes","(B)No"],)"
                             R"("options_dist":{"A":25,"B":75},"data_type":"test"}])")
          .string();
  const ImportedSurvey imported = importSurvey({.inputs = {records}});
  EXPECT_EQ(imported.format, "simllm");
  EXPECT_THAT(imported.result.survey.items, SizeIs(1));
  EXPECT_THAT(errorOf([&] {
                importSurvey({.inputs = {records, records}});
              }),
              HasSubstr("given twice"));
  ImportTask mapped{.format = "simllm", .inputs = {records}};
  mapped.options.mapping = "m.toml";
  EXPECT_THAT(errorOf([&] { importSurvey(mapped); }),
              HasSubstr("--mapping does nothing for the format simllm"));
}

TEST_F(Tasks, SplitWritesPartsOnceTheyAreWhole) {
  const Parts parts = divideSurvey({.survey = rainSurvey(), .plan = {.questions = {"q1", "q2"}}});
  EXPECT_THAT(writeParts(parts, folder_.path(), {}), SizeIs(2));
  EXPECT_THAT(readSurvey(at("held-out.jsonl")).items, SizeIs(10));
  Parts empty = parts;
  empty.emptyParts = {"train"};
  EXPECT_THAT(errorOf([&] { writeParts(empty, folder_.path(), {}); }),
              HasSubstr("the part train has no items, but there is an older file of it"));
  EXPECT_THAT(errorOf([] { divideSurvey({.survey = rainSurvey(), .design = "mine"}); }),
              HasSubstr("there is no design \"mine\""));
}

TEST_F(Tasks, AuditCountsWhatIsNotAllowed) {
  const Survey survey = rainSurvey();
  const auto pairs =
      auditParts({{"train", questionsOf(survey, 0, 4)}, {"test", questionsOf(survey, 4, 8)}});
  EXPECT_THAT(errorOf([&] { requireNoOverlap(pairs, {}); }), HasSubstr("populations"));
  requireNoOverlap(pairs, overlapNames());
}

TEST_F(Tasks, BaselinePredictsWhatItKnows) {
  const Survey survey = rainSurvey();
  const Survey items = questionsOf(survey, 0, 2);
  EXPECT_THAT(
      predictByBaseline({.name = "nearest", .items = items, .training = survey}).predictions,
      SizeIs(10));
  EXPECT_THAT(
      errorOf([&] {
        predictByBaseline(
            {.name = "question_mean", .items = items, .training = questionsOf(survey, 2, 8)});
      }),
      HasSubstr("the baseline question_mean cannot predict any of the items"));
}

TEST_F(Tasks, CombineWeighsPredictorsAndNamesBaselinesByTheirIds) {
  const Survey survey = rainSurvey(16);
  Survey validation = questionsOf(survey, 0, 8);
  std::erase_if(validation.items, [](const Item& item) { return item.population >= 2; });
  Survey items = survey;
  std::erase_if(items.items, [](const Item& item) { return item.population != 2; });
  CombineTask task{.validation = validation, .predictions = {predictionsOf(survey, "near", 0.1)}};
  task.training = survey;
  task.baselines = {"question-mean"};
  task.items = items;
  const Combination result = combinePredictors(task);
  EXPECT_THAT(result.stacking.names, ElementsAre("near", "baseline:question_mean"));
  EXPECT_THAT(result.combined.predictions.predictions, SizeIs(16));
  task.training.reset();
  EXPECT_THAT(errorOf([&] { combinePredictors(task); }), HasSubstr("give them with --train"));
  task.baselines.clear();
  task.items.reset();
  EXPECT_THAT(combinePredictors(task).combined.predictions.predictions, SizeIs(64));
  task.validation = survey;
  EXPECT_THAT(errorOf([&] { combinePredictors(task); }), HasSubstr("there is no item to predict"));
}

TEST_F(Tasks, RecalibrationIsJudgedAndCountsWhatItWasFittedTo) {
  const Survey survey = rainSurvey();
  const Predictions predictions = predictionsOf(survey, "flat", 0.7).predictions;
  const JudgedCalibrator judged =
      fitAndJudgeCalibrator(questionsOf(survey, 0, 4), predictions, CalibrationMethod::temperature);
  const std::size_t metric = metricIndex("tvd");
  EXPECT_EQ(judged.before.metrics.items, 20u);
  EXPECT_LT(judged.after.metrics.means[metric].mean, judged.before.metrics.means[metric].mean);
  const auto applied = applyCalibrator(judged.fit.calibrator, predictions, false);
  EXPECT_EQ(applied.given, 40u);
  EXPECT_EQ(applied.fittedTo, 20u);
  EXPECT_THAT(applied.predictions.predictions, SizeIs(40));
  EXPECT_THAT(applyCalibrator(judged.fit.calibrator, predictions, true).predictions.predictions,
              SizeIs(20));
}

TEST_F(Tasks, PictureRequestsHoldWhatIsDrawn) {
  const Json request =
      pictureRequest({.kind = "coverage", .parts = {{"train", rainSurvey()}}, .width = 700});
  EXPECT_EQ(request["title"], "Items by population and question");
  EXPECT_EQ(request["width"], 700);
  EXPECT_EQ(request["study"]["parts"][0]["name"], "train");
  EXPECT_THAT(errorOf([] { pictureRequest({.kind = "map"}); }), HasSubstr("nothing to draw"));
  EXPECT_THAT(errorOf([] { pictureRequest({.kind = "maps"}); }),
              HasSubstr("did you mean \"map\"?"));
}

TEST_F(Tasks, ReportsTakeTheEvaluationsOfFiles) {
  const Survey survey = rainSurvey();
  const auto runs = evaluateRuns(survey, {predictionsOf(survey, "near", 0.1)}, &survey,
                                 {.bootstrap = {.resamples = 50}});
  writeFileAtomically(at("near.json"), runEvaluationToJson(survey, runs.front()).dump());
  ReportTask task{.evaluations = {at("near.json")}, .title = "Rain", .table = true};
  const Report report = makeReport(task);
  EXPECT_EQ(report.runs, 1u);
  EXPECT_THAT(report.table, HasSubstr("near & uniform & question mean & nearest"));
  EXPECT_THAT(report.page, IsEmpty());
  task.names = {"a", "b"};
  EXPECT_THAT(errorOf([&] { makeReport(task); }), HasSubstr("2 names for 1 evaluation"));
}

}  // namespace
}  // namespace canvass
