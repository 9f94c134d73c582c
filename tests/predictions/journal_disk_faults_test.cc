// Every operation on the disk that a journal of predictions takes, made to fail one after the
// other.
#include <algorithm>
#include <fstream>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "predictions/prediction_journal.h"
#include "support/faulty_storage.h"
#include "support/test_support.h"
#include "survey/sample_survey.h"

namespace canvass {
namespace {

using test::DiskFault;

const PredictionSource faultySource{"model", "", "paper", "fp32"};
const std::vector<std::vector<std::size_t>> batches{{4, 0}, {1}, {5, 3, 2}};  // of items

Prediction predictionOfItem(const Survey& survey, std::size_t item) {
  Prediction prediction = predictionFor(survey, survey.items[item]);
  prediction.probabilities = {0.25, 0.75};
  return prediction;
}

std::vector<Prediction> predictionsOf(const Survey& survey, const std::vector<std::size_t>& items) {
  std::vector<Prediction> predictions;
  for (const std::size_t item : items) predictions.push_back(predictionOfItem(survey, item));
  return predictions;
}

// The items that a run had predicted when it ended.
struct RunUntilFault {
  std::set<std::size_t> returned;       // their append returned
  std::set<std::size_t> underWay = {};  // their append did not
  bool finished = false;
};

class JournalDiskFaults : public ::testing::TestWithParam<DiskFault> {
 protected:
  // Runs with the operation of this number going wrong, after an earlier run or from the beginning,
  // and checks what is there afterwards. False if there are fewer operations.
  bool checkFault(std::size_t operation, bool hasEarlierRun) const;

 private:
  std::filesystem::path target(const test::TemporaryFolder& folder) const {
    return folder.path() / "predictions.jsonl";
  }
  PredictionJournal open(const test::TemporaryFolder& folder, Storage& storage) const {
    return PredictionJournal(faultySource, AnswerDependencies(), target(folder), storage);
  }
  // Leaves the first batch and half a line; the items of the batch.
  std::set<std::size_t> leaveEarlierRun(const test::TemporaryFolder& folder) const;
  // `earlier`: what an earlier run left.
  RunUntilFault run(const test::TemporaryFolder& folder, Storage& storage,
                    std::set<std::size_t> earlier) const;
  void finish(PredictionJournal& journal) const;
  std::string wholeFile() const;

  const Survey survey_ = test::gridSurvey(3, 2);
};

std::set<std::size_t> JournalDiskFaults::leaveEarlierRun(
    const test::TemporaryFolder& folder) const {
  open(folder, disk()).append(predictionsOf(survey_, batches.front()));
  std::ofstream(target(folder).string() + ".partial", std::ios::app) << "{\"question\":";
  return {batches.front().begin(), batches.front().end()};
}

RunUntilFault JournalDiskFaults::run(const test::TemporaryFolder& folder, Storage& storage,
                                     std::set<std::size_t> earlier) const {
  RunUntilFault run{std::move(earlier)};
  try {
    PredictionJournal journal = open(folder, storage);
    for (const auto& batch : batches) {
      if (run.returned.contains(batch.front())) continue;
      run.underWay = {batch.begin(), batch.end()};
      journal.append(predictionsOf(survey_, batch));
      run.returned.merge(run.underWay);
    }
    journal.finish(survey_);
    run.finished = true;
  } catch (const Error& error) {
    EXPECT_THAT(error.where(), ::testing::StartsWith(target(folder).string()));
    EXPECT_FALSE(error.fault().empty());
    EXPECT_FALSE(error.remedy().empty()) << error.what();
  }
  return run;
}

void JournalDiskFaults::finish(PredictionJournal& journal) const {
  journal.append(predictionsOf(survey_, journal.missing(survey_)));
  journal.finish(survey_);
}

// What a run without a fault writes.
std::string JournalDiskFaults::wholeFile() const {
  const test::TemporaryFolder folder;
  EXPECT_TRUE(run(folder, disk(), {}).finished);
  return readFile(target(folder));
}

bool JournalDiskFaults::checkFault(std::size_t operation, bool hasEarlierRun) const {
  SCOPED_TRACE(operation);
  const test::TemporaryFolder folder;
  folder.write("predictions.jsonl", "old");
  test::FaultyStorage storage(GetParam(), operation);
  const RunUntilFault ended =
      run(folder, storage, hasEarlierRun ? leaveEarlierRun(folder) : std::set<std::size_t>());
  const std::string text = readFile(target(folder));
  EXPECT_TRUE(text == wholeFile() || (text == "old" && !ended.finished)) << text;
  if (ended.finished) return storage.hasFailed();

  PredictionJournal again = open(folder, disk());
  const std::vector<std::size_t> missing = again.missing(survey_);
  for (std::size_t item = 0; item < survey_.items.size(); ++item) {
    const bool isThere = std::find(missing.begin(), missing.end(), item) == missing.end();
    const bool mayBeThere = test::kills(GetParam()) && ended.underWay.contains(item);
    EXPECT_TRUE(isThere == ended.returned.contains(item) || mayBeThere) << "item " << item;
  }
  finish(again);
  EXPECT_EQ(readFile(target(folder)), wholeFile());
  if (!test::kills(GetParam())) {
    const std::filesystem::directory_iterator entries(folder.path());
    EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
  }
  return true;
}

TEST_P(JournalDiskFaults, LoseNothingThatWasAppended) {
  std::size_t operation = 0;
  while (checkFault(operation, false)) ++operation;
  EXPECT_GT(operation, 12u) << "its file made and opened, appended to three times, the target "
                               "written, the journal removed";
}

TEST_P(JournalDiskFaults, LoseNothingOfAnEarlierRun) {
  std::size_t operation = 0;
  while (checkFault(operation, true)) ++operation;
  EXPECT_GT(operation, 11u) << "the same with one batch less";
}

INSTANTIATE_TEST_SUITE_P(Kinds, JournalDiskFaults, ::testing::ValuesIn(test::everyDiskFault));

}  // namespace
}  // namespace canvass
