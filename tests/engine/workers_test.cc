#include "engine/forest/workers.h"

#include <ATen/Parallel.h>

#include <mutex>
#include <set>
#include <thread>

#include "base/error.h"
#include "support/test_support.h"

namespace canvass {
namespace {

class Workers : public ::testing::Test {
 protected:
  void SetUp() override { before_ = at::get_num_threads(); }
  void TearDown() override { EXPECT_EQ(at::get_num_threads(), before_); }

 private:
  int before_ = 0;
};

TEST_F(Workers, EachHasAThreadOfItsOwnWithItsNumberOfThreads) {
  std::mutex mutex;
  std::set<std::size_t> seen;
  std::set<std::thread::id> threads;
  runWorkers({3, 2}, [&](std::size_t worker) {
    const std::lock_guard lock(mutex);
    EXPECT_EQ(at::get_num_threads(), 2);
    seen.insert(worker);
    threads.insert(std::this_thread::get_id());
  });
  EXPECT_EQ(seen, (std::set<std::size_t>{0, 1, 2}));
  EXPECT_EQ(threads.size(), 3U);
  EXPECT_FALSE(threads.contains(std::this_thread::get_id()));
}

TEST_F(Workers, ASingleOneIsTheCaller) {
  std::thread::id thread;
  runWorkers({1, 4}, [&](std::size_t) { thread = std::this_thread::get_id(); });
  EXPECT_EQ(thread, std::this_thread::get_id());
}

TEST_F(Workers, AFailureIsThrownWhenAllHaveEnded) {
  std::mutex mutex;
  std::size_t ended = 0;
  const auto work = [&](std::size_t worker) {
    if (worker == 1) throw Error("worker 1 failed");
    const std::lock_guard lock(mutex);
    ++ended;
  };
  EXPECT_EQ(test::errorOf([&] { runWorkers({4, 1}, work); }), "worker 1 failed");
  EXPECT_EQ(ended, 3U);
}

}  // namespace
}  // namespace canvass
