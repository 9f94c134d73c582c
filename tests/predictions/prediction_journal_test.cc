#include "predictions/prediction_journal.h"

#include <fstream>

#include "base/file.h"
#include "support/test_support.h"
#include "survey/sample_survey.h"

namespace canvass {
namespace {

using test::errorOf;
using test::gridSurvey;
using test::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const PredictionSource source{"model", "", "paper", "fp32"};

Prediction predictionOf(const Survey& survey, std::size_t item) {
  return {survey.questionOf(survey.items[item]).id,
          survey.populationOf(survey.items[item]).id,
          {"A", "B"},
          {0.25, 0.75},
          {},
          {}};
}

class Journal : public ::testing::Test {
 protected:
  PredictionJournal open(const AnswerDependencies& dependencies = {{"chat format", "f"}}) const {
    return PredictionJournal(source, dependencies, target());
  }
  std::filesystem::path target() const { return folder.path() / "predictions.jsonl"; }
  std::filesystem::path partial() const { return folder.path() / "predictions.jsonl.partial"; }

  const Survey survey = gridSurvey(2, 2);
  const TemporaryFolder folder;
};

TEST_F(Journal, GoesOnWhereAKilledRunEnded) {
  open().append({predictionOf(survey, 2), predictionOf(survey, 0)});
  PredictionJournal again = open();
  EXPECT_EQ(again.size(), 2U);
  EXPECT_THAT(again.missing(survey), ElementsAre(1, 3));
  again.append({predictionOf(survey, 3), predictionOf(survey, 1)});
  again.finish(survey);
  const Predictions written = readPredictions(target());
  ASSERT_THAT(written.predictions, SizeIs(4));
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(written.predictions[i].question, survey.questionOf(survey.items[i]).id);
    EXPECT_EQ(written.predictions[i].population, survey.populationOf(survey.items[i]).id);
  }
  EXPECT_FALSE(std::filesystem::exists(partial()));
}

TEST_F(Journal, DropsALineThatWasHalfWritten) {
  open().append({predictionOf(survey, 0), predictionOf(survey, 1)});
  const std::string text = readFile(partial());
  for (const std::size_t cut : {text.size() - 1, text.size() - 20}) {
    writeFileAtomically(partial(), text.substr(0, cut));
    PredictionJournal again = open();
    EXPECT_EQ(again.size(), 1U);
    EXPECT_THAT(again.missing(survey), ElementsAre(1, 2, 3));
  }
}

TEST_F(Journal, StartsAnewWhereNotEvenTheHeaderIsWhole) {
  folder.write("predictions.jsonl.partial", "{\"canvass\":\"par");
  EXPECT_THAT(open().missing(survey), SizeIs(4));
}

TEST_F(Journal, NamesInWhatAnEarlierRunDiffers) {
  const AnswerDependencies known{{"chat format", "f"}, {"words of the survey", "w"}};
  open(known).append({predictionOf(survey, 0)});
  const std::string before = readFile(partial());
  const std::pair<AnswerDependencies, const char*> cases[] = {
      {{{"chat format", "g"}, {"words of the survey", "w"}}, "differs in: chat format; remove"},
      {{{"chat format", "g"}, {"words of the survey", "v"}},
       "differs in: chat format, words of the survey; remove"},
      {{{"chat format", "f"}}, "differs in: words of the survey; remove"},
      {{{"chat format", "f"}, {"words of the survey", "w"}, {"evidence", "e"}},
       "differs in: evidence; remove"},
  };
  for (const auto& one : cases) {
    const AnswerDependencies& dependencies = one.first;
    EXPECT_THAT(errorOf([&] { open(dependencies); }), HasSubstr(one.second));
  }
  PredictionSource other = source;
  other.templateName = "question-first";
  other.adapter = "tuned";
  EXPECT_THAT(errorOf([&] { PredictionJournal(other, known, target()); }),
              HasSubstr("differs in: adapter, template; remove"));
  EXPECT_EQ(readFile(partial()), before) << "nothing is lost";
  EXPECT_EQ(open(known).size(), 1U);
}

TEST_F(Journal, RefusesPredictionsForOtherOptions) {
  open().append({predictionOf(survey, 0)});
  Survey changed = survey;
  changed.questions[0].options.push_back({"C", "perhaps", {}});
  EXPECT_THAT(errorOf([&] { open().missing(changed); }),
              HasSubstr("predicted with different options"));
}

TEST_F(Journal, DoesNotFinishBeforeItsTime) {
  PredictionJournal journal = open();
  journal.append({predictionOf(survey, 0)});
  EXPECT_THAT(errorOf([&] { journal.finish(survey); }), HasSubstr("has not been predicted"));
  EXPECT_FALSE(std::filesystem::exists(target()));
  EXPECT_TRUE(std::filesystem::exists(partial()));
}

TEST_F(Journal, NamesADamagedLine) {
  open().append({predictionOf(survey, 0)});
  std::ofstream(partial(), std::ios::app) << "damage\n";
  EXPECT_THAT(errorOf([&] { open(); }), HasSubstr("predictions.jsonl.partial:3"));
}

}  // namespace
}  // namespace canvass
