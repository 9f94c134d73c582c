// `canvass report`, which needs no model. The page itself is tested in web/tests.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "predictions/predictions.h"
#include "support/program.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Arguments = std::vector<std::string>;

class ReportVerb : public testing::Test {
 protected:
  ReportVerb() {
    Survey survey;
    survey.questions.push_back(
        {"1", "Does it rain?", "weather", {{"A", "Yes", {}}, {"B", "No", {}}}, Scale::ordinal, {}});
    survey.populations.push_back({"jp", "Japan", "someone from Japan", {}});
    survey.items.push_back({0, 0, Distribution{0.25, 0.75}, 100.0, {}});
    writeSurvey(survey, at("survey.jsonl"));
    for (const char* name : {"uniform", "respondents"}) {
      const std::string predictions = at(std::string(name) + ".jsonl");
      Arguments baseline = {"baseline", name, "--items", at("survey.jsonl"), "-o", predictions};
      if (std::string(name) == "respondents") {
        baseline.insert(baseline.end(), {"--sample-size", "10"});
      }
      outputOf(baseline);
      outputOf({"evaluate", "--survey", at("survey.jsonl"), "--predictions", predictions, "--json",
                at(std::string(name) + ".json")});
    }
  }

  void SetUp() override {
    if (!test::canvassDraws()) GTEST_SKIP() << "canvass was built without its drawing code";
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }
  Finished report(Arguments arguments) const {
    arguments.insert(arguments.begin(), "report");
    arguments.insert(arguments.end(), {"-o", at("report.html")});
    return runProgram(arguments);
  }
  // The data in the page.
  Json data() const {
    const std::string page = readFile(at("report.html"));
    const std::string before = "id=\"report\">";
    const std::size_t start = page.find(before) + before.size();
    return parseJson(page.substr(start, page.find("</script>", start) - start), "page");
  }

  test::TemporaryFolder folder_;
};

TEST_F(ReportVerb, PutsRunsIntoOnePage) {
  const Finished finished =
      report({at("uniform.json"), at("respondents.json"), "--names", "flat,ten people", "--survey",
              at("survey.jsonl"), "--predictions", at("uniform.jsonl"), at("respondents.jsonl")});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_THAT(finished.output, HasSubstr("page of 2 runs written to "));
  const Json json = data();
  EXPECT_EQ(json["runs"][1]["name"], "ten people");
  EXPECT_EQ(json["runs"][0]["evaluation"]["items"], 1);
  EXPECT_EQ(json["items"][0][4].size(), 2u);
  EXPECT_EQ(json["files"].size(), 5u);
  EXPECT_EQ(json["files"][0]["sha256"], sha256OfFile(at("uniform.json")));
  EXPECT_THAT(json["command"].dump(), HasSubstr("'flat,ten people'"));
}

TEST_F(ReportVerb, TakesSeveralEvaluationsOfOneFile) {
  outputOf({"evaluate", "--survey", at("survey.jsonl"), "--predictions", at("uniform.jsonl"),
            at("respondents.jsonl"), "--json", at("both.json")});
  EXPECT_EQ(report({at("both.json")}).exitCode, 0);
  const Json json = data();
  EXPECT_EQ(json["runs"][1]["name"], "respondents");
  EXPECT_FALSE(json.contains("survey"));
}

TEST_F(ReportVerb, DifferencesAreFromRunsAsTheReportCallsThem) {
  outputOf({"evaluate", "--survey", at("survey.jsonl"), "--predictions", at("uniform.jsonl"),
            at("respondents.jsonl"), "--json", at("both.json")});
  const auto others = [&] {
    std::vector<std::string> names;
    const Json json = data();
    for (const Json& run : json["runs"]) {
      for (const auto& [name, difference] : run["evaluation"]["differences"]["predictions"].items())
        names.push_back(name);
    }
    return names;
  };
  EXPECT_EQ(report({at("both.json")}).exitCode, 0);
  EXPECT_THAT(others(), ElementsAre("respondents", "uniform"));
  EXPECT_EQ(report({at("both.json"), "--names", "flat,ten people"}).exitCode, 0);
  EXPECT_THAT(others(), ElementsAre("ten people", "flat"));
}

// Of two files of one name, the folders tell which is which.
TEST_F(ReportVerb, RunsAreNamedAfterTheirFiles) {
  for (const char* folder : {"a", "b"}) {
    folder_.write(std::string(folder) + "/tuned.jsonl", readFile(at("uniform.jsonl")));
    folder_.write(std::string(folder) + "/ev.json", readFile(at("uniform.json")));
  }
  const auto names = [&](const Arguments& evaluations) {
    EXPECT_EQ(report(evaluations).exitCode, 0);
    std::vector<std::string> found;
    const Json json = data();
    for (const Json& run : json["runs"]) found.push_back(run["name"].get<std::string>());
    return found;
  };
  EXPECT_THAT(names({at("uniform.json"), at("respondents.json")}),
              ElementsAre("uniform", "respondents"));
  EXPECT_THAT(names({at("a/ev.json"), at("b/ev.json")}),
              ElementsAre(at("a/ev.json"), at("b/ev.json")));
  outputOf({"evaluate", "--survey", at("survey.jsonl"), "--predictions", at("a/tuned.jsonl"),
            at("b/tuned.jsonl"), "--json", at("both.json")});
  EXPECT_THAT(names({at("both.json")}), ElementsAre(at("a/tuned.jsonl"), at("b/tuned.jsonl")));
  folder_.write("again.json", readFile(at("both.json")));
  EXPECT_THAT(names({at("both.json"), at("again.json")}),
              ElementsAre("both " + at("a/tuned.jsonl"), "both " + at("b/tuned.jsonl"),
                          "again " + at("a/tuned.jsonl"), "again " + at("b/tuned.jsonl")));
}

TEST_F(ReportVerb, TakesSettingsAndHistoryOfATraining) {
  folder_.write("run/run.json", R"({"settings": {"seed": 7}})");
  folder_.write("run/history.jsonl", "{\"epoch\": 1}\n{\"epoch\": 2}\n");
  EXPECT_EQ(report({at("uniform.json"), "--training", at("run")}).exitCode, 0);
  const Json json = data();
  EXPECT_EQ(json["trainings"][0]["record"]["settings"]["seed"], 7);
  EXPECT_EQ(json["trainings"][0]["history"].size(), 2u);
}

struct ReportFailure {
  Arguments arguments;
  std::string message;
};

TEST_F(ReportVerb, FailuresSayWhatAndWhere) {
  folder_.write("odd.json", R"({"metrics": {}})");
  folder_.write("run/run.json", "{}");
  folder_.write("run/history.jsonl", "{}\noops\n");
  const std::vector<ReportFailure> failures = {
      {{at("odd.json")}, "odd.json: this is not an evaluation; give files that canvass evaluate"},
      {{at("uniform.json"), "--names", "a,b"}, "there are 2 names for 1 evaluation"},
      {{at("uniform.json"), "--survey", at("survey.jsonl"), "--predictions", at("uniform.jsonl"),
        at("respondents.jsonl")},
       "2 files of predictions cannot go with 1 evaluation; give as many"},
      {{at("uniform.json"), "--survey", at("survey.jsonl"), "--predictions",
        at("respondents.jsonl")},
       "this evaluation is not of these predictions"},
      {{at("uniform.json"), "--training", at("run")}, "history.jsonl:2"},
  };
  for (const ReportFailure& failure : failures) {
    const Finished finished = report(failure.arguments);
    EXPECT_EQ(finished.exitCode, 1) << failure.message;
    EXPECT_THAT(finished.errors, HasSubstr(failure.message));
    EXPECT_FALSE(std::filesystem::exists(at("report.html")));
  }
}

TEST_F(ReportVerb, ChecklistSaysWhatIsKnownAndAsksForTheRest) {
  EXPECT_THAT(outputOf({"report", at("uniform.json"), "--survey", at("survey.jsonl"),
                        "--predictions", at("uniform.jsonl"), "--checklist", at("list.md")}),
              HasSubstr("checklist written to"));
  const std::string list = readFile(at("list.md"));
  EXPECT_THAT(list, HasSubstr("uniform: a simple predictor, no model."));
  EXPECT_THAT(list, HasSubstr("*To add: "));
  EXPECT_EQ(runProgram({"report", at("uniform.json"), "--survey", at("survey.jsonl"), "--latex",
                        at("table.tex")})
                .exitCode,
            2);
  EXPECT_EQ(runProgram({"report", at("uniform.json"), "--survey", at("survey.jsonl"),
                        "--predictions", at("respondents.jsonl"), "--checklist", at("other.md")})
                .exitCode,
            1);
  EXPECT_FALSE(std::filesystem::exists(at("other.md")));
}

TEST_F(ReportVerb, PredictionsNeedTheirSurvey) {
  EXPECT_EQ(report({at("uniform.json"), "--predictions", at("uniform.jsonl")}).exitCode, 2);
}

}  // namespace
}  // namespace canvass
