#include "asking/percentages.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::DoubleNear;
using ::testing::IsEmpty;
using ::testing::Pointwise;

const std::vector<std::string> labels = {"A", "B", "C"};

TEST(Percentages, AreReadInTheFormsModelsWrite) {
  const Distribution expected = {0.2, 0.5, 0.3};
  for (const char* text : {
           "A: 20%\nB: 50%\nC: 30%",
           "A: 20\nB: 50\nC: 30\n",
           "Sure! Here are the numbers:\n\n(A) 20 %\n(B) 50 %\n(C) 30 %\n\nI hope that this helps.",
           "- A) Yes: 20%\r\n- B) No, 2 of them: 50%\r\n- C) Perhaps: 30%",
           "**A**: 20%\n**B**: 50%\n**C**: 30%",
           "C. 30.0%\nA. 20.0%\nB. 50.0%.",
           "* A - 20\n* B - 50\n* C - 30",
           "A = 20%,\nB = 50%,\nC = 30%;",
           "\"A\": 20,\n\"B\": 50,\n\"C\": 30",
           "A: 20%\nAll of them: 40%\nB: 50%\nC: 30%",
       }) {
    const WrittenDistribution read = readPercentages(text, labels);
    EXPECT_THAT(read.fault, IsEmpty()) << text;
    EXPECT_THAT(read.shares, Pointwise(DoubleNear(1e-12), expected)) << text;
  }
}

TEST(Percentages, MayBeRounded) {
  EXPECT_THAT(readPercentages("A: 33\nB: 33\nC: 33", labels).shares,
              Pointwise(DoubleNear(1e-12), std::vector<double>(3, 1.0 / 3.0)));
  EXPECT_THAT(readPercentages("A: 33.5\nB: 34\nC: 34", labels).shares.size(), 3u);
}

TEST(Percentages, AreNeverGuessed) {
  const struct {
    const char *text, *fault;
  } cases[] = {
      {"", "no percentage for A"},
      {"I would rather not say.", "no percentage for A"},
      {"A: 20%\nC: 80%", "no percentage for B"},
      {"A: 20%\nA: 20%\nB: 50%\nC: 30%", "two percentages for A"},
      {"A: 20%\nB: 50%\nC: 70%", "the percentages sum to 140"},
      {"A: 0.2\nB: 0.5\nC: 0.3", "the percentages sum to 1"},
      {"A: -20%\nB: 90%\nC: 30%", "-20% for A"},
      {"A: 120%\nB: -50%\nC: 30%", "120% for A"},
      {"A: many\nB: some\nC: few", "no percentage for A"},
      {"A: 20% B: 50% C: 30%", "no percentage for B"},
      {"a: 20%\nb: 50%\nc: 30%", "no percentage for A"},
      {"A: 1.2.3\nB: 50\nC: 30", "no percentage for A"},
  };
  for (const auto& [text, fault] : cases) {
    const WrittenDistribution read = readPercentages(text, labels);
    EXPECT_EQ(read.fault, fault) << text;
    EXPECT_THAT(read.shares, IsEmpty()) << text;
  }
}

TEST(Percentages, ALabelMayBeginAnother) {
  std::vector<std::string> numbers;
  std::string text;
  for (int i = 1; i <= 10; ++i) {
    numbers.push_back(std::to_string(i));
    text += std::to_string(i) + ": 10%\n";
  }
  EXPECT_THAT(readPercentages(text, numbers).shares,
              Pointwise(DoubleNear(1e-12), std::vector<double>(10, 0.1)));
}

}  // namespace
}  // namespace canvass
