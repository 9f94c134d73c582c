// `canvass baseline` and what `canvass evaluate` says of real samples, which need no model.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "predictions/predictions.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Four questions of five populations; `known` adds a sample size to every item.
std::string surveyText(bool known) {
  std::string text = "{\"canvass\":\"survey\",\"version\":1,\"language\":\"en\"}\n";
  for (const char question : {'1', '2', '3', '4'}) {
    text += std::string(R"({"question":{"id":"Q)") + question +
            R"(","text":"Tea?","scale":"ordinal","options":[{"label":"A","text":"Yes"},)"
            R"({"label":"B","text":"No"}]}})"
            "\n";
  }
  for (const char population : {'1', '2', '3', '4', '5'}) {
    text += std::string(R"({"population":{"id":"P)") + population +
            R"(","name":"P","phrase":"someone","attributes":{}}})"
            "\n";
  }
  for (const char question : {'1', '2', '3', '4'}) {
    for (const char population : {'1', '2', '3', '4', '5'}) {
      const std::string share = std::string("0.") + question + population;
      const std::string rest = std::to_string(1.0 - std::stod(share));
      text += std::string(R"({"item":{"question":"Q)") + question + R"(","population":"P)" +
              population + R"(","distribution":[)" + share + "," + rest + "]" +
              (known ? ",\"n_eff\":400.0" : "") + "}}\n";
    }
  }
  return text;
}

class BaselineVerb : public testing::Test {
 protected:
  BaselineVerb() {
    folder_.write("survey.jsonl", surveyText(false));
    folder_.write("sized.jsonl", surveyText(true));
    outputOf({"split", at("survey.jsonl"), "--hold-out-cells", "0.2", "-o", at("split")});
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  test::TemporaryFolder folder_;
};

TEST_F(BaselineVerb, EveryBaselineWritesPredictions) {
  const std::vector<std::string> train = {"--train", at("split/train.jsonl")};
  const std::pair<const char*, std::vector<std::string>> baselines[] = {
      {"uniform", {}},
      {"question_mean", train},
      {"question-mean", train},
      {"nearest", train},
      {"low_rank", train},
      {"respondents", {"--sample-size", "100"}},
      {"other-population", train},
  };
  for (const auto& [name, options] : baselines) {
    std::vector<std::string> arguments = {
        "baseline", name, "--items", at("split/held-out.jsonl"), "-o", at("predictions.jsonl")};
    arguments.insert(arguments.end(), options.begin(), options.end());
    outputOf(arguments);
    EXPECT_THAT(readPredictions(at("predictions.jsonl")).predictions, SizeIs(4)) << name;
  }
}

TEST_F(BaselineVerb, SaysWhatItChose) {
  const auto finished =
      runProgram({"baseline", "nearest", "--items", at("split/held-out.jsonl"), "--train",
                  at("split/train.jsonl"), "-o", at("predictions.jsonl")});
  EXPECT_THAT(finished.errors, HasSubstr("neighbors, chosen by leaving out each"));
}

TEST_F(BaselineVerb, SaysWhatIsMissing) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> failures = {
      {{"luck"}, "there is no baseline \"luck\"; choose one of uniform, "},
      {{"lowrank"}, "did you mean \"low_rank\"?"},
      {{"nearest"}, "nearest_populations learns from other items; give them with --train"},
      {{"respondents"}, "0 respondents say nothing; say how many with --sample-size"},
      {{"uniform", "--neighbours", "3"}, "--neighbours does nothing for the baseline uniform"},
      {{"uniform", "--seed", "3"}, "--seed does nothing for the baseline uniform"},
      {{"uniform", "--train", at("split/train.jsonl")}, "--train does nothing for the baseline"},
      {{"other-population", "--sample-size", "3"}, "--sample-size does nothing for the baseline"},
  };
  for (const auto& [arguments, message] : failures) {
    std::vector<std::string> all = {"baseline"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    all.insert(all.end(), {"--items", at("survey.jsonl"), "-o", at("none.jsonl")});
    const Finished finished = runProgram(all);
    EXPECT_EQ(finished.exitCode, 1);
    EXPECT_THAT(finished.errors, HasSubstr(message));
    EXPECT_FALSE(std::filesystem::exists(at("none.jsonl")));
  }
}

TEST_F(BaselineVerb, EvaluateComparesWithRealSamples) {
  outputOf({"baseline", "respondents", "--items", at("sized.jsonl"), "--sample-size", "50", "-o",
            at("predictions.jsonl")});
  const auto evaluated = [&](const char* survey, std::vector<std::string> more) {
    more.insert(more.begin(),
                {"evaluate", "--survey", at(survey), "--predictions", at("predictions.jsonl")});
    return outputOf(more);
  };
  const Json json = parseJson(evaluated("sized.jsonl", {"--json"}), "output");
  EXPECT_EQ(json["ceiling"]["items"], 20);
  EXPECT_EQ(json["ceiling"]["sample_sizes"]["n_eff"], 20);
  EXPECT_GT(json["achieved_share"]["js_similarity"].get<double>(), 0.0);
  EXPECT_LT(json["achieved_share"]["js_similarity"].get<double>(), 1.0);
  EXPECT_GT(json["equivalent_sample_size"]["js_similarity"]["n"].get<double>(), 10.0);
  EXPECT_THAT(evaluated("sized.jsonl", {}), HasSubstr("ceiling"));
  EXPECT_THAT(evaluated("survey.jsonl", {}), HasSubstr("Give --n N to see the noise ceiling."));
  const Json assumed = parseJson(evaluated("survey.jsonl", {"--n", "400", "--json"}), "output");
  EXPECT_EQ(assumed["ceiling"]["sample_sizes"]["assumed"], 20);
  EXPECT_EQ(assumed["ceiling"]["metrics"], json["ceiling"]["metrics"]);
}

}  // namespace
}  // namespace canvass
