// Runs that are stopped and go on, and runs of several processes, end as one that nothing
// disturbed.
#include "engine/training/training_state.h"

#include <barrier>
#include <thread>

#include "engine/regression_task.h"
#include "engine/small_world.h"
#include "engine/training/fine_tuning.h"
#include "engine/training/first_token_training.h"
#include "engine/training/trainer.h"
#include "model_files/safetensors.h"

namespace canvass {
namespace {

using test::errorOf;
using test::RegressionTask;
using test::StopAfter;
using test::Weights;
using ::testing::HasSubstr;

// All but times.
void expectSameHistory(const std::vector<EpochRecord>& a, const std::vector<EpochRecord>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].epoch, b[i].epoch);
    EXPECT_EQ(a[i].updates, b[i].updates);
    EXPECT_EQ(a[i].trainLoss, b[i].trainLoss);
    EXPECT_EQ(a[i].validLoss, b[i].validLoss);
    EXPECT_EQ(a[i].validSimilarity, b[i].validSimilarity);
    EXPECT_EQ(a[i].learningRate, b[i].learningRate);
    EXPECT_EQ(a[i].computedTokens, b[i].computedTokens);
  }
}

void expectSameResult(const TrainResult& a, const TrainResult& b) {
  expectSameHistory(a.history, b.history);
  EXPECT_EQ(a.bestEpoch, b.bestEpoch);
  EXPECT_EQ(a.stoppedEarly, b.stoppedEarly);
  EXPECT_EQ(a.interrupted, b.interrupted);
  EXPECT_EQ(a.trainedItems, b.trainedItems);
}

void expectSameTensors(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(at::equal(a[i], b[i])) << i;
}

class Resuming : public ::testing::Test {
 protected:
  Resuming() {
    options.epochs = 6;
    options.batchSize = 3;
    options.runLength = 2;
    options.learningRate = 0.1;
    options.warmUpShare = 0.2;
  }

  // Stops after so many updates and goes on from the file that was written when it stopped.
  TrainResult runInTwoParts(std::size_t updates, RegressionTask& second) const {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "state.safetensors";
    RegressionTask first(0.3);
    TrainingState state(options.seed);
    StopAfter stop(updates);
    const auto save = [&](const EpochRecord&, bool) { saveTrainingState(state, file); };
    EXPECT_TRUE(train(first, options, state, stop, save).interrupted);
    TrainingState loaded = loadTrainingState(file);
    EXPECT_EQ(loaded.optimizer.updates, updates);
    return train(second, options, loaded, noProgress());
  }

  TrainOptions options;
};

TEST_F(Resuming, AfterAnyUpdateEndsInTheSameWeights) {
  for (const std::size_t patience : {0, 1}) {
    options.patience = patience;
    RegressionTask whole(0.3);
    TrainingState state(options.seed);
    const TrainResult expected = train(whole, options, state, noProgress());
    for (std::size_t updates = 1; updates <= state.optimizer.updates; ++updates) {
      RegressionTask resumed(0.3);
      expectSameResult(runInTwoParts(updates, resumed), expected);
      expectSameTensors(resumed.tensors(), whole.tensors());
    }
  }
}

// Whoever stops a run has the weights of its best epoch, and can go on all the same.
TEST_F(Resuming, InTheSameProcessNeedsNoFile) {
  RegressionTask whole(0.3), inParts(0.3);
  TrainingState state(options.seed), kept(options.seed);
  const TrainResult expected = train(whole, options, state, noProgress());
  TrainResult result;
  do {
    StopAfter stop(2);
    result = train(inParts, options, kept, stop);
  } while (result.interrupted);
  expectSameResult(result, expected);
  expectSameTensors(inParts.tensors(), whole.tensors());
}

TEST_F(Resuming, AfterTheEndChangesNothing) {
  RegressionTask task(0.3);
  TrainingState state(options.seed);
  const TrainResult expected = train(task, options, state, noProgress());
  const test::TemporaryFolder folder;
  saveTrainingState(state, folder.path() / "state");
  RegressionTask again(0.3);
  TrainingState loaded = loadTrainingState(folder.path() / "state");
  expectSameResult(train(again, options, loaded, noProgress()), expected);
  expectSameTensors(again.tensors(), task.tensors());
}

TEST_F(Resuming, RefusesWhatIsNoStateOfTheTask) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "other.safetensors";
  writeSafetensors(file, {});
  EXPECT_THAT(errorOf([&] { loadTrainingState(file); }),
              HasSubstr("other.safetensors: this is not a training state"));
  RegressionTask task;
  TrainingState state(options.seed);
  state.weights = {at::zeros({2, 1}), at::zeros({1})};
  EXPECT_THAT(errorOf([&] { train(task, options, state, noProgress()); }),
              HasSubstr("the training state is for tensors other than"));
}

// A real model: dropout within the adapter, forests, validation.
TEST_F(Resuming, ADecoderEndsInTheSameWeights) {
  const Survey survey = test::smallSurvey();
  const test::SmallModel folder(survey);
  ModelOptions base;
  base.model = openModel(folder.folder());
  base.precision = PrecisionChoice::float32;
  AdapterConfig adapter;
  adapter.dropout = 0.2;
  adapter.targets = {"q_proj", "up_proj"};
  options.asking = findTemplate("paper");
  options.epochs = 2;
  options.batchSize = 5;  // four updates an epoch
  options.learningRate = 1e-3;
  const auto run = [&](TrainingState& state, Progress& progress, Weights& weights) {
    LanguageModel model = loadForFineTuning(base, {adapter}, 1);
    const TrainResult result = train(model, survey, &survey, options, progress, {}, &state);
    weights = test::weightsOf(model);
    return result;
  };
  Weights expected, resumed;
  TrainingState state(options.seed);
  const TrainResult whole = run(state, noProgress(), expected);
  for (const std::size_t updates : {1, 4, 6}) {
    TrainingState stopped(options.seed);
    StopAfter stop(updates);
    run(stopped, stop, resumed);
    const test::TemporaryFolder kept;
    saveTrainingState(stopped, kept.path() / "state");
    TrainingState loaded = loadTrainingState(kept.path() / "state");
    expectSameResult(run(loaded, noProgress(), resumed), whole);
    EXPECT_EQ(test::difference(resumed, expected), 0.0) << updates;
  }
}

// Threads as processes.
struct Meeting {
  explicit Meeting(std::ptrdiff_t size)
      : barrier(size),
        numbers(static_cast<std::size_t>(size)),
        tensors(static_cast<std::size_t>(size)) {}
  std::barrier<> barrier;
  std::vector<std::vector<double>> numbers;
  std::vector<at::Tensor> tensors;
};

class ThreadCollective : public Collective {
 public:
  ThreadCollective(Meeting& meeting, std::size_t rank) : meeting_(meeting), rank_(rank) {}
  std::size_t rank() const override { return rank_; }
  std::size_t size() const override { return meeting_.numbers.size(); }
  void reduce(at::Tensor& tensor) override {
    meeting_.tensors[rank_] = tensor;
    meeting_.barrier.arrive_and_wait();
    const at::Tensor sum = at::stack(meeting_.tensors).sum(0);
    meeting_.barrier.arrive_and_wait();
    tensor = sum;
  }
  std::vector<std::vector<double>> gather(const std::vector<double>& own) override {
    meeting_.numbers[rank_] = own;
    meeting_.barrier.arrive_and_wait();
    const auto all = meeting_.numbers;
    meeting_.barrier.arrive_and_wait();
    return all;
  }

 private:
  Meeting& meeting_;
  std::size_t rank_;
};

// Seven items by three: shares of one and two, and a last batch that leaves processes without any.
TEST_F(Resuming, SeveralProcessesTrainAsOneDoes) {
  RegressionTask alone;
  TrainingState state(options.seed);
  const TrainResult expected = train(alone, options, state, noProgress());
  for (const std::size_t size : {2U, 3U}) {
    Meeting meeting(static_cast<std::ptrdiff_t>(size));
    std::vector<RegressionTask> tasks(size);
    std::vector<TrainResult> results(size);
    std::vector<std::thread> threads;
    for (std::size_t rank = 0; rank < size; ++rank) {
      threads.emplace_back([&, rank] {
        ThreadCollective collective(meeting, rank);
        TrainingState own(options.seed);
        results[rank] = train(tasks[rank], options, own, noProgress(), {}, collective);
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t rank = 0; rank < size; ++rank) {
      expectSameTensors(tasks[rank].tensors(), tasks[0].tensors());
      for (std::size_t i = 0; i < alone.tensors().size(); ++i) {
        EXPECT_TRUE(at::allclose(tasks[rank].tensors()[i], alone.tensors()[i], 1e-4, 1e-5));
      }
      ASSERT_EQ(results[rank].history.size(), expected.history.size());
      EXPECT_NEAR(results[rank].history.back().trainLoss, expected.history.back().trainLoss, 1e-5);
    }
  }
}

}  // namespace
}  // namespace canvass
