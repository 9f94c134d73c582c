// canvass confidence, from files to files.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "predictions/predictions.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::outputOf;
using test::runProgram;
using ::testing::HasSubstr;

TEST(ConfidenceVerb, LearnsFromSomeItemsAndJudgesOthers) {
  const test::TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder.path() / name).string(); };
  const std::string demo = (test::sourceFolder() / "data/demo/survey.jsonl").string();
  outputOf({"split", demo, "--hold-out-cells", "0.4", "--seed", "1", "-o", at("a")});
  outputOf(
      {"split", at("a/held-out.jsonl"), "--hold-out-cells", "0.5", "--seed", "1", "-o", at("b")});
  for (const char* part : {"train", "held-out"}) {
    outputOf({"baseline", "question-mean", "--items", at("b/") + part + ".jsonl", "--train",
              at("a/train.jsonl"), "-o", at(part) + ".jsonl"});
  }
  const std::vector<std::string> arguments = {
      "confidence",    "--survey",        at("b/train.jsonl"),  "--items", at("b/held-out.jsonl"),
      "--predictions", at("train.jsonl"), at("held-out.jsonl"), "-o",      at("out.jsonl"),
      "--json",        at("out.json")};
  EXPECT_THAT(outputOf(arguments), HasSubstr("AUROC"));
  const Json result = parseJson(readFile(at("out.json")), "out.json");
  const Predictions written = readPredictions(at("out.jsonl"));
  EXPECT_EQ(result["predictions"], written.predictions.size());
  EXPECT_EQ(result["confidence"]["items"], written.predictions.size());
  for (const Prediction& one : written.predictions) EXPECT_TRUE(one.confidence);

  const auto with = [&](const std::filesystem::path& encoder) {
    std::vector<std::string> more = arguments;
    more.insert(more.end(), {"--encoder", encoder.string()});
    return more;
  };
  const auto tooShort =
      runProgram(with(test::sourceFolder() / "tests" / "golden" / "encoders" / "bert"));
  EXPECT_EQ(tooShort.exitCode, 1);
  EXPECT_THAT(tooShort.errors, HasSubstr("the encoder reads at most 64"));
  if (std::filesystem::exists(test::miniLmFolder())) {
    EXPECT_THAT(outputOf(with(test::miniLmFolder())), HasSubstr("AUROC"));
    const Json judged = parseJson(readFile(at("out.json")), "out.json");
    EXPECT_EQ(judged["encoder"], test::miniLmFolder().string());
  }

  std::vector<std::string> nothingElse = arguments;
  nothingElse[4] = at("b/train.jsonl");
  const auto finished = runProgram(nothingElse);
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors, HasSubstr("not learned from"));
}

}  // namespace
}  // namespace canvass
