#include "cli/pace.h"

#include "base/part_of_progress.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(Pace, KnowsNothingUntilSomethingIsDone) {
  Pace pace;
  pace.see(0, 100, 3.0);
  EXPECT_FALSE(pace.rate());
  EXPECT_FALSE(pace.secondsLeft());
  EXPECT_EQ(progressText("predicting", "items", 0, 100, pace, ""), "predicting 0/100 items");
}

TEST(Pace, CountsFromWhereTheWorkBegan) {
  Pace pace;
  pace.see(600, 1000, 5.0);  // an earlier run's
  pace.see(700, 1000, 10.0);
  EXPECT_DOUBLE_EQ(*pace.rate(), 20.0);
  EXPECT_DOUBLE_EQ(*pace.secondsLeft(), 15.0);
  EXPECT_DOUBLE_EQ(pace.secondsElapsed(), 5.0);
  EXPECT_EQ(progressText("training", "items", 700, 1000, pace, "loss 0.12"),
            "training 700/1,000 items, 20/s, 15 s left, loss 0.12");
}

TEST(Pace, NamesMegabytesInTheRateToo) {
  Pace pace;
  pace.see(0, 98, 0.0);
  pace.see(24, 98, 2.0);
  EXPECT_EQ(progressText("downloading", "MB", 24, 98, pace, ""),
            "downloading 24/98 MB, 12 MB/s, 7 s left");
}

TEST(Pace, ShowsNoRateOfNothing) {
  Pace pace;
  pace.see(0, 6, 0.0);
  pace.see(1, 6, 40.0);
  EXPECT_EQ(progressText("learning", "steps", 1, 6, pace, ""),
            "learning 1/6 steps, 3 min 20 s left");
}

TEST(Pace, BeginsAnewWithOtherWork) {
  Pace pace;
  pace.see(0, 10, 0.0);
  pace.see(10, 10, 1.0);
  pace.see(0, 10, 100.0);
  EXPECT_FALSE(pace.rate());
  pace.see(5, 10, 105.0);
  EXPECT_DOUBLE_EQ(*pace.secondsLeft(), 5.0);
  pace.see(6, 20, 106.0);
  EXPECT_FALSE(pace.rate()) << "another total";
}

TEST(Duration, IsWrittenWithItsUnits) {
  EXPECT_EQ(durationText(44.2), "45 s");
  EXPECT_EQ(durationText(80.0), "1 min 20 s");
  EXPECT_EQ(durationText(7500.0), "2 h 05 min");
  EXPECT_EQ(roughDurationText(31.0), "about 40 s");
  EXPECT_EQ(roughDurationText(55.0), "about 1 min");
  EXPECT_EQ(roughDurationText(150.0), "about 3 min");
  EXPECT_EQ(roughDurationText(7500.0), "about 2 h 10 min");
  EXPECT_EQ(roughDurationText(10800.0), "about 3 h");
}

// Remembers what it was told.
class Told : public Progress {
 public:
  void update(std::size_t done, std::size_t total, const std::string&) override {
    updates.emplace_back(done, total);
  }
  std::vector<std::pair<std::size_t, std::size_t>> updates;
};

TEST(PartOfProgress, CountsOnFromWhatWasBefore) {
  Told whole;
  PartOfProgress part(whole, 10, 30);
  part.update(0, 5, "");
  part.update(5, 5, "");
  part.update(1, 5, "");  // the same units once more
  EXPECT_THAT(whole.updates, ElementsAre(Pair(10, 30), Pair(15, 30)));
}

}  // namespace
}  // namespace canvass
