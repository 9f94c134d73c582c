// A journal took predictions for kept whose writing had failed, and wrote the next line after half
// of theirs; the next run found a damaged file.
#include "base/error.h"
#include "predictions/prediction_journal.h"
#include "support/faulty_storage.h"
#include "support/test_support.h"
#include "survey/sample_survey.h"

namespace canvass {
namespace {

using test::DiskFault;
using ::testing::HasSubstr;

constexpr std::size_t firstAppend = 5;  // after its file was made (4 operations) and opened

class FailedAppend : public ::testing::Test {
 protected:
  PredictionJournal open(Storage& storage) const {
    return PredictionJournal({"model", "", "paper", "fp32"}, AnswerDependencies(), target, storage);
  }
  std::vector<Prediction> predictions() const {
    std::vector<Prediction> predictions;
    for (const Item& item : survey.items) {
      predictions.push_back(predictionFor(survey, item));
      predictions.back().probabilities = {0.25, 0.75};
    }
    return predictions;
  }

  const Survey survey = test::gridSurvey(2, 2);
  const test::TemporaryFolder folder;
  const std::filesystem::path target = folder.path() / "predictions.jsonl";
};

TEST_F(FailedAppend, LeavesTheJournalAsItWas) {
  test::FaultyStorage storage(DiskFault::half, firstAppend);
  PredictionJournal journal = open(storage);
  EXPECT_THAT(test::errorOf([&] { journal.append(predictions()); }),
              HasSubstr("predictions.jsonl.partial: cannot write it: No space left on device"));
  EXPECT_EQ(journal.size(), 0u);
  journal.append(predictions());
  journal.finish(survey);
  EXPECT_EQ(readPredictions(target).predictions.size(), 4u);
}

TEST_F(FailedAppend, ThatCannotBeTakenBackIsTheLast) {
  test::FaultyStorage storage(DiskFault::killedHalfway, firstAppend);
  PredictionJournal journal = open(storage);
  test::errorOf([&] { journal.append(predictions()); });
  EXPECT_THAT(test::errorOf([&] { journal.append(predictions()); }),
              HasSubstr("an earlier write failed; start again"));
}

}  // namespace
}  // namespace canvass
