// `canvass compare`, which needs no model.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// The bundled survey, its held-out cells predicted by several baselines.
class CompareVerb : public testing::Test {
 protected:
  CompareVerb() {
    const std::string survey = (test::sourceFolder() / "data/demo/survey.jsonl").string();
    outputOf({"split", survey, "--hold-out-cells", "0.1", "--seed", "1", "-o", at("split")});
    for (const char* name : {"question-mean", "low-rank", "best-linear", "other-population"}) {
      outputOf({"baseline", name, "--items", at("split/held-out.jsonl"), "--train",
                at("split/train.jsonl"), "-o", at(std::string(name) + ".jsonl")});
    }
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  Finished compared(std::vector<std::string> files, const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"compare", "--survey", at("split/held-out.jsonl"),
                                          "--predictions"};
    for (const std::string& file : files) arguments.push_back(at(file));
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runProgram(arguments);
  }

  test::TemporaryFolder folder_;
};

TEST_F(CompareVerb, RanksFilesAndBaselines) {
  const Finished finished =
      compared({"question-mean.jsonl", "other-population.jsonl", "best-linear.jsonl"},
               {"--train", at("split/train.jsonl")});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_THAT(finished.output,
              AllOf(HasSubstr(" 1 ● best-linear"), HasSubstr("question mean (baseline)"),
                    HasSubstr("uniform (baseline)"), HasSubstr("The best of 6 was chosen"),
                    HasSubstr("best-linear – other-popula"),
                    Not(HasSubstr("best-linear – question mean")), Not(HasSubstr("--train"))));
}

TEST_F(CompareVerb, WritesJson) {
  const std::vector<std::string> files = {"low-rank.jsonl", "best-linear.jsonl",
                                          "question-mean.jsonl"};
  const Finished finished =
      compared(files, {"--metric", "tvd", "--resamples", "200", "--seed", "3", "--json"});
  ASSERT_EQ(finished.exitCode, 0) << finished.errors;
  const Json json = parseJson(finished.output, "output");
  EXPECT_EQ(json["metric"], "tvd");
  EXPECT_EQ(json["resamples"], 200);
  EXPECT_EQ(json["seed"], 3);
  EXPECT_EQ(json["runs"].size(), 3u);
  EXPECT_EQ(json["pairs"].size(), 3u);
  EXPECT_EQ(json["runs"][2]["name"], "question-mean");
  EXPECT_EQ(json["made_with"]["model"].size(), 3u);
  const Finished beside = compared(files, {"--json", at("comparison.json")});
  EXPECT_THAT(beside.output, AllOf(HasSubstr("How far runs disagree"), HasSubstr("--train")));
  EXPECT_TRUE(std::filesystem::exists(at("comparison.json")));
}

TEST_F(CompareVerb, RanksByOtherCriteriaAndDrawsThem) {
  const std::vector<std::string> files = {"low-rank.jsonl", "question-mean.jsonl"};
  const Finished said =
      compared(files, {"--criteria", "--curve", at("curve.svg"), "--json", at("curve.json")});
  EXPECT_THAT(said.output, AllOf(HasSubstr("rank by"), HasSubstr("is best by JS similarity"),
                                 HasSubstr("Pairs called different, reversed: ")));
  EXPECT_THAT(readFile(at("curve.svg")), AllOf(HasSubstr("<svg"), HasSubstr("question-mean")));
  const Json json = parseJson(readFile(at("curve.json")), "curve.json");
  const Json& curve = json["specification_curve"];
  EXPECT_EQ(curve["runs"], (Json{"low-rank", "question-mean"}));
  EXPECT_EQ(curve["criteria"][0]["id"], "js_similarity");
  EXPECT_EQ(curve["criteria"][0]["runs"][0]["rank"], 1.0);
  EXPECT_EQ(curve["criteria"][0]["runs"][0]["value"], json["runs"][0]["figure"]);
  const Finished over = compared(files, {"--curve", at("low-rank.jsonl")});
  EXPECT_NE(over.exitCode, 0);
}

// The same figures and pointwise intervals as those of evaluate.
TEST_F(CompareVerb, AgreesWithEvaluate) {
  const Json compared_ =
      parseJson(compared({"low-rank.jsonl", "question-mean.jsonl"}, {"--json"}).output, "output");
  const Json evaluated =
      parseJson(outputOf({"evaluate", "--survey", at("split/held-out.jsonl"), "--predictions",
                          at("low-rank.jsonl"), at("question-mean.jsonl"), "--json"}),
                "output");
  ASSERT_EQ(compared_["runs"][0]["name"], "low-rank");
  EXPECT_EQ(compared_["runs"][0]["metrics"], evaluated[0]["metrics"]);
  EXPECT_EQ(compared_["runs"][0]["low"], evaluated[0]["intervals"]["js_similarity"]["low"]);
  const Json& difference =
      evaluated[0]["differences"]["predictions"][at("question-mean.jsonl")]["js_similarity"];
  for (const char* key : {"difference", "low", "high"}) {
    EXPECT_NEAR(compared_["pairs"][0][key].get<double>(), difference[key].get<double>(), 1e-12);
  }
}

TEST_F(CompareVerb, NamesFilesOfOneStemByTheirPaths) {
  std::filesystem::create_directory(at("other"));
  std::filesystem::copy_file(at("low-rank.jsonl"), at("other/low-rank.jsonl"));
  const Json json =
      parseJson(compared({"low-rank.jsonl", "other/low-rank.jsonl"}, {"--json"}).output, "output");
  EXPECT_EQ(json["runs"][0]["name"], at("low-rank.jsonl"));
  EXPECT_EQ(json["pairs"][0]["adjusted_p"], 1.0);
  EXPECT_EQ(json["pairs"][0]["other_top"]["share"], 0.0);
  const Finished twice = compared({"low-rank.jsonl", "low-rank.jsonl"}, {});
  EXPECT_EQ(twice.exitCode, 1);
  EXPECT_THAT(twice.errors, HasSubstr("low-rank.jsonl: the file is given twice"));
}

}  // namespace
}  // namespace canvass
