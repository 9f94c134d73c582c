// The verb interval, from a survey and predictions to the count of what its intervals hold.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::runProgram;
using ::testing::HasSubstr;

// Twelve questions in five populations, predicted half and half; of the last two questions nothing
// was observed.
class IntervalVerb : public ::testing::Test {
 protected:
  IntervalVerb() {
    std::string survey = R"({"canvass":"survey","version":2,"language":"en"})"
                         "\n";
    std::string observed;
    std::string predictions = R"({"canvass":"predictions","version":1,"model":"m","template":"t"})"
                              "\n";
    for (int q = 0; q < 12; ++q) {
      survey += fmt::format(
          R"({{"question":{{"id":"Q{0}","text":"Is {0} good?","scale":"ordinal","options":[{{"label":"A","text":"Yes"}},{{"label":"B","text":"No"}}]}}}})"
          "\n",
          q);
    }
    for (int p = 0; p < 5; ++p) {
      survey += fmt::format(
          R"({{"population":{{"id":"P{0}","name":"P{0}","phrase":"someone from P{0}"}}}})"
          "\n",
          p);
    }
    for (int q = 0; q < 12; ++q) {
      for (int p = 0; p < 5; ++p) {
        const double share = 0.5 + 0.01 * (q + p);
        const std::string item = fmt::format(
            R"({{"item":{{"question":"Q{}","population":"P{}","distribution":[{},{}],"n":1000}}}})"
            "\n",
            q, p, share, 1.0 - share);
        observed += item;
        if (q < 10) known_ += item;
        predictions += fmt::format(
            R"({{"question":"Q{}","population":"P{}","labels":["B","A"],"probabilities":[0.5,0.5]}})"
            "\n",
            q, p);
      }
    }
    folder_.write("all.jsonl", survey + observed);
    folder_.write("valid.jsonl", survey + known_);
    folder_.write("p.jsonl", predictions);
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  std::string known_;
  test::TemporaryFolder folder_;
};

TEST_F(IntervalVerb, GivesIntervalsToWhatWasNotObserved) {
  const std::string said =
      test::outputOf({"interval", "--survey", at("valid.jsonl"), "--predictions", at("p.jsonl"),
                      "--new", "question", "-o", at("out.jsonl")});
  EXPECT_THAT(said,
              HasSubstr("for 90% of new questions, as 50 observed items of 10 questions show"));
  EXPECT_THAT(said, HasSubstr("10 predictions with intervals written to"));
  const std::string written = readFile(at("out.jsonl"));
  EXPECT_THAT(written, HasSubstr(R"("version":2)"));
  EXPECT_THAT(written,
              HasSubstr(R"("intervals":{"level":0.9,"new":"question","items":50,"groups":10})"));
  EXPECT_THAT(written, HasSubstr(R"("low":[)"));
  const Json evaluation = parseJson(test::outputOf({"evaluate", "--survey", at("all.jsonl"),
                                                    "--predictions", at("out.jsonl"), "--json"}),
                                    "evaluation");
  const Json& coverage = evaluation["interval_coverage"];
  EXPECT_EQ(coverage["items"], 10);
  EXPECT_EQ(coverage["level"], 0.9);
  EXPECT_EQ(coverage["by_population"].size(), 5u);
  // Of the mean figures, as of any predictions.
  EXPECT_TRUE(evaluation["intervals"]["js_similarity"].is_object());
}

TEST_F(IntervalVerb, ChecksItselfByLeavingOut) {
  const Json result =
      parseJson(test::outputOf({"interval", "--survey", at("all.jsonl"), "--predictions",
                                at("p.jsonl"), "--new", "cell", "--json"}),
                "result");
  EXPECT_EQ(result["predictions"], 0);
  EXPECT_EQ(result["check"]["items"], 60);
  EXPECT_GE(result["check"]["coverage"], 0.8);
}

TEST_F(IntervalVerb, WidensForASample) {
  const auto width = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"interval",    "--survey", at("valid.jsonl"), "--predictions",
                                      at("p.jsonl"), "--new",    "question",        "--json"};
    words.insert(words.end(), more.begin(), more.end());
    return parseJson(test::outputOf(words), "result")["mean_width"].get<double>();
  };
  EXPECT_GT(width({"--respondents", "100"}), width({}));
  EXPECT_LT(width({"--level", "0.8"}), width({}));
}

TEST_F(IntervalVerb, SaysWhatItNeeds) {
  const std::vector<std::string> start = {"interval", "--survey", at("valid.jsonl"),
                                          "--predictions", at("p.jsonl")};
  const struct {
    std::vector<std::string> more;
    const char* message;
  } cases[] = {
      {{"--new", "population"},
       "need 9 populations that were observed and predicted, and there are 5"},
      {{"--new", "question", "--level", "0.95"}, "need 19 questions"},
      {{"--new", "country"}, "country is none of"},
      {{"--level", "1"}, "--level"},
  };
  for (const auto& [more, message] : cases) {
    std::vector<std::string> words = start;
    words.insert(words.end(), more.begin(), more.end());
    const Finished finished = runProgram(words);
    EXPECT_NE(finished.exitCode, 0);
    EXPECT_THAT(finished.errors, HasSubstr(message));
  }
  const Finished nothing = runProgram({"interval", "--survey", at("all.jsonl"), "--predictions",
                                       at("p.jsonl"), "-o", at("out.jsonl")});
  EXPECT_THAT(nothing.errors, HasSubstr("every predicted item was observed"));
  EXPECT_FALSE(std::filesystem::exists(at("out.jsonl")));
}

TEST_F(IntervalVerb, IsDroppedByRecalibration) {
  test::outputOf({"interval", "--survey", at("valid.jsonl"), "--predictions", at("p.jsonl"),
                  "--new", "question", "-o", at("out.jsonl")});
  test::outputOf({"calibrate", "fit", "--method", "temperature", "--survey", at("all.jsonl"),
                  "--predictions", at("p.jsonl"), "-o", at("c.json")});
  test::outputOf({"calibrate", "apply", at("c.json"), "--predictions", at("out.jsonl"), "-o",
                  at("calibrated.jsonl")});
  EXPECT_THAT(readFile(at("calibrated.jsonl")), ::testing::Not(HasSubstr("low")));
}

}  // namespace
}  // namespace canvass
