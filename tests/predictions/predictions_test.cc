#include "predictions/predictions.h"

#include <limits>

#include "base/file.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

Predictions samplePredictions() {
  Predictions all;
  all.model = "models/tiny";
  all.adapter = "runs/1";
  all.templateName = "paper";
  all.precision = "bf16";
  all.predictions = {{"q", "p", {"A", "B"}, {0.1, 0.9}, {-1.25, 3.1}, 0.875},
                     {"q", "r", {"A", "B"}, {1.0 / 3, 2.0 / 3}, {}, {}}};
  return all;
}

TEST(Predictions, ComeBackAsTheyWere) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "predictions.jsonl";
  const Predictions written = samplePredictions();
  writePredictions(written, path);
  const Predictions read = readPredictions(path);
  EXPECT_EQ(read.model, written.model);
  EXPECT_EQ(read.adapter, written.adapter);
  EXPECT_EQ(read.templateName, written.templateName);
  EXPECT_EQ(read.precision, written.precision);
  ASSERT_EQ(read.predictions.size(), written.predictions.size());
  for (std::size_t i = 0; i < read.predictions.size(); ++i) {
    const Prediction& a = read.predictions[i];
    const Prediction& b = written.predictions[i];
    EXPECT_EQ(a.question, b.question);
    EXPECT_EQ(a.population, b.population);
    EXPECT_EQ(a.labels, b.labels);
    EXPECT_EQ(a.probabilities, b.probabilities);
    EXPECT_EQ(a.logits, b.logits);
    EXPECT_EQ(a.optionMass, b.optionMass);
  }
}

TEST(Predictions, SayHowTheyWereCalibrated) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "predictions.jsonl";
  Predictions written = samplePredictions();
  written.calibration = "temperature 2";
  writePredictions(written, path);
  EXPECT_THAT(readFile(path), testing::HasSubstr(R"(,"calibration":"temperature 2"})"));
  EXPECT_EQ(readPredictions(path).calibration, "temperature 2");
}

TEST(Predictions, HaveTheDocumentedForm) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "predictions.jsonl";
  Predictions all = samplePredictions();
  all.predictions.pop_back();
  writePredictions(all, path);
  EXPECT_EQ(readFile(path),
            R"({"canvass":"predictions","version":1,"model":"models/tiny","adapter":"runs/1",)"
            R"("template":"paper","precision":"bf16"})"
            "\n"
            R"({"question":"q","population":"p","labels":["A","B"],"probabilities":[0.1,0.9],)"
            R"("logits":[-1.25,3.1],"option_mass":0.875})"
            "\n");
}

TEST(PredictionWriter, LeavesNothingWithoutCommit) {
  const test::TemporaryFolder folder;
  {
    PredictionWriter writer(samplePredictions(), folder.path() / "p.jsonl");
    writer.write(samplePredictions().predictions[0]);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(PredictionWriter, RefusesWhatTheReaderWould) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "p.jsonl";
  PredictionWriter writer(samplePredictions(), path);
  Prediction good = samplePredictions().predictions[0];
  writer.write(good);
  Prediction bad = samplePredictions().predictions[1];
  bad.logits = {1.0, std::numeric_limits<double>::quiet_NaN()};
  EXPECT_EQ(test::errorOf([&] { writer.write(bad); }),
            path.string() + ", prediction 2: a logit is not a finite number");
  bad.logits.clear();
  bad.probabilities = {0.5, std::numeric_limits<double>::quiet_NaN()};
  EXPECT_THAT(test::errorOf([&] { writer.write(bad); }),
              HasSubstr("a probability is negative or not a number"));
  bad.probabilities = {0.5, 0.5};
  bad.optionMass = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(test::errorOf([&] { writer.write(bad); }), HasSubstr("the option mass nan"));
  EXPECT_THAT(test::errorOf([&] { writer.write(good); }),
              HasSubstr("question \"q\" and population \"p\" were predicted before"));
  writer.commit();
  EXPECT_EQ(readPredictions(path).predictions.size(), 1u);
}

struct BadFile {
  const char* name;
  std::string lines;
  std::string message;

  friend void PrintTo(const BadFile& one, std::ostream* out) { *out << one.name; }
};

class BadPredictionsFile : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadPredictionsFile, IsNamedByLine) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("p.jsonl", GetParam().lines);
  EXPECT_THAT(test::errorOf([&path] { readPredictions(path); }),
              HasSubstr(path.string() + GetParam().message));
}

const std::string header = R"({"canvass":"predictions","version":1,"model":"m"})"
                           "\n";

std::string line(const std::string& labels, const std::string& probabilities,
                 const std::string& rest = "") {
  return header + R"({"question":"q","population":"p","labels":)" + labels +
         R"(,"probabilities":)" + probabilities + rest + "}\n";
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadPredictionsFile,
    ::testing::Values(
        BadFile{"Empty", "", ": the file is empty"},
        BadFile{"Survey", R"({"canvass":"survey","version":1})", ":1: this is a file of survey"},
        BadFile{"NoModel", R"({"canvass":"predictions","version":1})",
                ":1: the key \"model\" is missing"},
        BadFile{"HeaderKey", R"({"canvass":"predictions","version":1,"model":"m","seed":1})",
                ":1: unknown key \"seed\""},
        BadFile{"UnknownKey", line(R"(["A","B"])", "[0.5,0.5]", R"(,"prob":1)"),
                ":2: unknown key \"prob\""},
        BadFile{"NoLabels", header + R"({"question":"q","population":"p"})",
                ":2: the key \"labels\" is missing"},
        BadFile{"EmptyQuestion",
                header + R"({"question":"","population":"p","labels":["A","B"],)"
                         R"("probabilities":[0.5,0.5]})",
                ":2: the question's id is empty"},
        BadFile{"EmptyPopulation",
                header + R"({"question":"q","population":"","labels":["A","B"],)"
                         R"("probabilities":[0.5,0.5]})",
                ":2: the population's id is empty"},
        BadFile{"OneLabel", line(R"(["A"])", "[1]"), ":2: there are fewer than two labels"},
        BadFile{"EmptyLabel", line(R"(["A",""])", "[0.5,0.5]"), ":2: a label is empty"},
        BadFile{"RepeatedLabel", line(R"(["A","A"])", "[0.5,0.5]"),
                ":2: the label \"A\" appears twice"},
        BadFile{"Length", line(R"(["A","B"])", "[0.5,0.25,0.25]"),
                ":2: 3 probabilities for 2 labels"},
        BadFile{"Negative", line(R"(["A","B"])", "[1.5,-0.5]"),
                ":2: a probability is negative or not a number"},
        BadFile{"OneBound", line(R"(["A","B"])", "[0.5,0.5]", R"(,"low":[0.1,0.1])"),
                ":2: 2 lower bounds and 0 upper bounds for 2 labels"},
        BadFile{"ReversedBounds",
                line(R"(["A","B"])", "[0.5,0.5]", R"(,"low":[0.1,0.6],"high":[0.2,0.5])"),
                ":2: 0.6 to 0.5 is no interval of a probability"},
        BadFile{"BoundAboveOne",
                line(R"(["A","B"])", "[0.5,0.5]", R"(,"low":[0.1,0.6],"high":[0.2,1.5])"),
                ":2: 0.6 to 1.5 is no interval of a probability"},
        BadFile{"IntervalsWithoutLevel",
                R"({"canvass":"predictions","version":2,"model":"m","intervals":{"new":"cell"}})",
                ":1, \"intervals\": the key \"level\" is missing"},
        BadFile{"Sum", line(R"(["A","B"])", "[0.5,0.499]"),
                ":2: the probabilities sum to 0.999, not to 1"},
        BadFile{"Logits", line(R"(["A","B"])", "[0.5,0.5]", R"(,"logits":[1])"),
                ":2: 1 logit for 2 labels"},
        BadFile{"Mass", line(R"(["A","B"])", "[0.5,0.5]", R"(,"option_mass":1.5)"),
                ":2: the option mass 1.5 is not between 0 and 1"},
        BadFile{"Repeated",
                line(R"(["A","B"])", "[0.5,0.5]") +
                    R"({"question":"q","population":"p","labels":["A","B"],"probabilities":[1,0]})",
                ":3: question \"q\" and population \"p\" were predicted before"}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace canvass
