// `canvass table` and `canvass weight`: from respondents to weights to a table, and back to import.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string mapping = R"([survey]
language = "en"
[design]
DESIGN
[attributes.sex]
variable = "sex"
values = [{ code = 1, name = "male" }, { code = 2, name = "female" }]
[[populations]]
by = []
name = "everyone"
phrase = "someone"
minimum = 1
[[populations]]
by = ["sex"]
phrase = "a {sex}"
minimum = 1
[[questions]]
variable = "q"
text = "How many cups of tea do you drink on a usual day, and is it 1 | 2 & more?"
scale = "interval"
options = [{ code = 1, text = "none_at_all", value = 0 }, { code = 2, text = "one", value = 1 },
           { code = 3, text = "more", value = 3 }]
)";

class TableVerb : public testing::Test {
 protected:
  TableVerb() {
    std::string csv = "id,sex,q\n";
    for (int i = 0; i < 120; ++i)
      csv += fmt::format("p{},{},{}\n", i, 1 + i % 3 / 2, 1 + i * i % 7 % 3);
    data_ = folder_.write("tea.csv", csv).string();
    useDesign("");
    margins_ = folder_.write("margins.csv", "sex,percent\nmale,50\nfemale,50\n").string();
  }

  void useDesign(const std::string& design) {
    std::string text = mapping;
    text.replace(text.find("DESIGN"), 6, design);
    mapping_ = folder_.write("tea.toml", text).string();
  }
  std::string pathOf(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string import(const std::string& name) {
    outputOf({"import", "csv", data_, "--mapping", mapping_, "-o", pathOf(name)});
    return pathOf(name);
  }

  test::TemporaryFolder folder_;
  std::string data_;
  std::string mapping_;
  std::string margins_;
};

TEST_F(TableVerb, ShowsGroupsSharesTestAndDifferencesWithin80Columns) {
  const std::string text = outputOf({"table", data_, "--mapping", mapping_, "--by", "sex", "q"});
  EXPECT_THAT(text, AllOf(HasSubstr("q: How many cups"), HasSubstr("n_eff"), HasSubstr("male"),
                          HasSubstr("95% interval"), HasSubstr("- mean"),
                          HasSubstr("Rao-Scott, second-order: F("),
                          HasSubstr("of 4 differences significant at 5% (Holm)")));
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    EXPECT_LE(displayWidth(text.substr(start, end - start)), 80u)
        << text.substr(start, end - start);
    start = end + 1;
  }
  const std::string survey = import("survey.jsonl");
  EXPECT_THAT(outputOf({"table", survey, "--by", "sex", "--adjust", "bh"}),
              AllOf(HasSubstr("Rao-Scott, first-order: chi2(2)"), HasSubstr("(Benjamini-Hochberg)"),
                    HasSubstr("Groups count as independent samples")));
}

TEST_F(TableVerb, WritesTheSameForOtherPrograms) {
  const std::string csv = pathOf("out.csv");
  const std::string markdown = pathOf("out.md");
  const std::string latex = pathOf("out.tex");
  outputOf({"table", import("survey.jsonl"), "q", "--by", "sex", "--csv", csv, "--markdown",
            markdown, "--latex", latex});
  EXPECT_THAT(readFile(csv),
              AllOf(HasSubstr("question,group,figure,option,option_text,value,se,se_by,low,high,"
                              "interval,design_effect,n,n_eff,df\n"),
                    HasSubstr("q,female,share,A,none_at_all,"), HasSubstr("q,male,mean,,,")));
  EXPECT_THAT(readFile(markdown), AllOf(HasSubstr("is it 1 \\| 2 \\& more?**"),
                                        HasSubstr("| male | none\\_at\\_all | ")));
  EXPECT_THAT(readFile(latex), AllOf(HasSubstr("\\toprule"), HasSubstr("none\\_at\\_all")));
  const Finished json =
      runProgram({"table", data_, "q", "--mapping", mapping_, "--by", "sex", "--json"});
  const Json table = parseJson(json.output, "output")["tables"][0];
  EXPECT_EQ(table["groups"].size(), 2u);
  EXPECT_EQ(table["groups"][0]["shares"].size(), 3u);
  EXPECT_EQ(table["differences"].size(), 4u);
  EXPECT_EQ(table["test"]["name"], "rao_scott_second_order");
  EXPECT_TRUE(table["covariances_known"].get<bool>());
}

TEST_F(TableVerb, UsesTheWeightsThatWeightWrites) {
  for (const char* design : {"", "id = \"id\""}) {
    useDesign(design);
    const std::string weights = pathOf("weights.csv");
    const std::string text =
        outputOf({"weight", data_, "--mapping", mapping_, "--margins", margins_, "-o", weights});
    EXPECT_THAT(text, AllOf(HasSubstr("sex: male"), HasSubstr("50.0%"), HasSubstr("design effect"),
                            HasSubstr("120 weights written to")));
    useDesign(fmt::format("{}\nweight_file = \"weights.csv\"", design));
    const Json table = parseJson(
        runProgram({"table", data_, "q", "--mapping", mapping_, "--json"}).output, "output");
    // 80 of 120 were men: n_eff = 120 / (120 x (80 x 0.75^2 + 40 x 1.5^2) / 120^2).
    EXPECT_NEAR(table["tables"][0]["groups"][0]["n_eff"].get<double>(), 120 * 120 / 135.0, 1e-6);
    // Weighing again starts from the former weights, not from its own.
    const std::string first = readFile(weights);
    outputOf({"weight", data_, "--mapping", mapping_, "--margins", margins_, "-o", weights});
    EXPECT_EQ(readFile(weights), first);
  }
}

TEST_F(TableVerb, SayWhatIsWrong) {
  const auto errorsOf = [&](const std::vector<std::string>& words) {
    const Finished finished = runProgram(words);
    EXPECT_NE(finished.exitCode, 0);
    return finished.errors;
  };
  EXPECT_THAT(errorsOf({"table", data_, "q"}),
              HasSubstr("neither a survey.jsonl nor a simllm JSON file"));
  EXPECT_THAT(errorsOf({"table", data_, "z", "--mapping", mapping_}),
              HasSubstr("there is no question \"z\""));
  EXPECT_EQ(runProgram({"table", data_, "q", "--adjust", "tukey"}).exitCode, 2);
  EXPECT_THAT(errorsOf({"weight", data_, "--mapping", mapping_, "--margins", margins_, "--method",
                        "logit", "-o", pathOf("w.csv")}),
              HasSubstr("the distance logit needs bounds"));
  EXPECT_FALSE(std::filesystem::exists(pathOf("w.csv")));
}

TEST_F(TableVerb, PoststratifiesPredictionsOfGroups) {
  const std::string survey = import("survey.jsonl");
  const std::string predictions = pathOf("groups.jsonl");
  outputOf({"baseline", "uniform", "--items", survey, "-o", predictions});
  const std::string output = pathOf("everyone.jsonl");
  EXPECT_THAT(outputOf({"combine", "poststratify", "--survey", survey, "--predictions", predictions,
                        "--cells", margins_, "-o", output}),
              AllOf(HasSubstr("everyone"), HasSubstr("Root mean squared error of a share"),
                    HasSubstr("1 post-stratified prediction written to")));
  EXPECT_THAT(readFile(output), HasSubstr("\"population\":\"everyone\""));
}

}  // namespace
}  // namespace canvass
