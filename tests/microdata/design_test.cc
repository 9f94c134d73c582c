#include <fmt/format.h>

#include <cmath>

#include "microdata/text_microdata.h"

namespace canvass {
namespace {

using namespace test;

double standardErrorOfYes(const std::string& csv, const std::string& design) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("a.csv", csv);
  const Mapping mapping = parseMapping(smallMapping("[design]\n" + design), "m.toml");
  RespondentCollector collector(mapping, false);
  Progress silent;
  collector.read(*openCsv(path, csvFormOf(mapping)), silent);
  const Respondents& respondents = collector.respondents();
  std::vector<std::uint32_t> everyone;
  for (std::uint32_t i = 0; i < respondents.size(); ++i) everyone.push_back(i);
  return PreparedDesign(respondents.design)
      .estimate(everyone, respondents.answers[0], 2)
      ->standardErrors[0];
}

const std::string simple =
    "q,n,f,a,b,c,d,X1\n1,8,0.5,0,2,2,2,9\n2,8,0.5,2,0,2,2,9\n"
    "1,8,0.5,2,2,0,2,9\n2,8,0.5,2,2,2,0,9\n";

TEST(Design, OfAFinitePopulationIsReadAsSizeOrFraction) {
  const double infinite = standardErrorOfYes(simple, "");
  for (const char* design : {"fpc = \"n\"", "fpc = [\"n\"]", "fpc = \"f\""}) {
    EXPECT_NEAR(standardErrorOfYes(simple, design), infinite * std::sqrt(0.5), 1e-12) << design;
  }
}

TEST(Design, OfTwoStagesAddsWhatTheSecondContributes) {
  const std::string csv = "q,psu,ssu,N,M\n1,1,1,4,4\n2,1,2,4,4\n1,2,1,4,2\n1,2,2,4,2\n";
  // Between the units: z = -1/8 and 1/8; within the first: z = 1/16 and -3/16.
  const double first = 0.5 * 2 * (2.0 / 64);
  const double second = 0.5 * 0.5 * 2 * (2.0 / 64);
  EXPECT_NEAR(standardErrorOfYes(csv, "cluster = \"psu\"\nfpc = \"N\""), std::sqrt(first), 1e-12);
  for (const char* clusters : {"[\"psu\", \"ssu\"]", "\"psu\""}) {
    const std::string design = fmt::format("cluster = {}\nfpc = [\"N\", \"M\"]", clusters);
    EXPECT_NEAR(standardErrorOfYes(csv, design), std::sqrt(first + second), 1e-12) << design;
  }
}

TEST(Design, OfReplicateWeightsNamesThemOneByOneByPatternOrByRange) {
  // Each leaves out one and doubles the others: shares of 1/3 or 2/3.
  const double expected = std::sqrt(0.75 * 4 * std::pow(1.0 / 6, 2));
  for (const char* weights :
       {"[\"a\", \"b\", \"c\", \"d\"]", "\"a-d\"", "[\"a-b\", \"c\", \"d\"]"}) {
    const std::string design =
        fmt::format("replicates = {{ weights = {}, method = \"jk1\" }}", weights);
    EXPECT_NEAR(standardErrorOfYes(simple, design), expected, 1e-12) << weights;
  }
  const std::string named = "q,w1,w2,w3,w4\n1,0,2,2,2\n2,2,0,2,2\n1,2,2,0,2\n2,2,2,2,0\n";
  EXPECT_NEAR(standardErrorOfYes(named, "replicates = { weights = \"w*\", method = \"jk1\" }"),
              expected, 1e-12);
}

TEST(Design, TakesWeightsFromAFileByRecordOrById) {
  const test::TemporaryFolder folder;
  const auto data = folder.write("a.csv", "id,q\nx1,1\nx2,2\nx3,1\n");
  folder.write("records.csv", "record,weight\n1,1\n2,3\n3,0\n");
  folder.write("ids.csv", "id,weight\nx3,0\nx1,1\nx2,3\n");
  for (const char* design :
       {"weight_file = \"records.csv\"", "id = \"id\"\nweight_file = \"ids.csv\""}) {
    const Mapping mapping = parseMapping(smallMapping(fmt::format("[design]\n{}", design)),
                                         (folder.path() / "m.toml").string());
    RespondentCollector collector(mapping, false);
    Progress silent;
    collector.read(*openCsv(data, csvFormOf(mapping)), silent);
    EXPECT_THAT(collector.respondents().design.weights, testing::ElementsAre(1, 3, 0)) << design;
  }
}

struct BadDesign {
  const char* design;
  const char* error;
};

class BadDesigns : public testing::TestWithParam<BadDesign> {};

TEST_P(BadDesigns, AreNamed) {
  EXPECT_THAT(errorOf([] { standardErrorOfYes(simple, GetParam().design); }),
              testing::HasSubstr(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    Design, BadDesigns,
    testing::Values(
        BadDesign{"cluster = [\"a\", \"b\"]", "stage 1 of the sample has no fpc"},
        BadDesign{"replicates = { weights = \"z*\", method = \"brr\" }",
                  "no variable is called \"z*\""},
        BadDesign{"replicates = { weights = \"a-z\", method = \"brr\" }",
                  "has no variable \"a-z\""},
        BadDesign{"replicates = { weights = \"a-d\", method = \"bbr\" }",
                  "there is no method \"bbr\"; the methods are brr, fay, jk1"},
        BadDesign{"replicates = { weights = \"a-d\", method = \"fay\" }", "fay needs rho"},
        BadDesign{"replicates = { weights = \"a-d\", method = \"brr\", rho = 0.5 }",
                  "rho belongs to method = \"fay\""},
        BadDesign{"replicates = { weights = \"a-d\", method = \"jkn\" }",
                  "jkn needs the scales of its replicates"},
        BadDesign{"replicates = { weights = \"a-d\", method = \"jkn\", rscales = [1, \"x\"] }",
                  "\"rscales\" must be a list of numbers"},
        BadDesign{"replicates = { weights = \"a\", method = \"brr\" }",
                  "1 replicate weights are too few"},
        BadDesign{"replicates = { weights = \"a-d\", method = \"brr\", center = \"zero\" }",
                  "center must be \"estimate\" or \"mean\""},
        BadDesign{"fpc = \"a\"", "the population size 0"}));

TEST(WeightFile, SaysWhatIsWrong) {
  const struct {
    const char* text;
    const char* error;
  } cases[] = {
      {"id,q\n", "this is not a file of weights"},
      {"record,weight\n1,2\n1,3\n", "w.csv:3: \"1\" appears twice"},
      {"record,weight\n1,-2\n", "w.csv:2: the weight \"-2\" is negative or not a number"},
      {"record,weight\n1,2,3\n", "w.csv:2: the line has 3 fields instead of 2"},
  };
  const test::TemporaryFolder folder;
  for (const auto& [text, error] : cases) {
    const auto path = folder.write("w.csv", text);
    EXPECT_THAT(errorOf([&] { WeightFile file(path); }), testing::HasSubstr(error));
  }
}

TEST(WeightFile, HoldsWhatIsWritten) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("w.csv", weightFileText("case, no", {{"a\"b", 0.1}, {"7", 2}}));
  const WeightFile file(path);
  EXPECT_EQ(file.keyVariable(), "case, no");
  EXPECT_EQ(file.find("a\"b"), 0.1);
  EXPECT_EQ(file.find("7"), 2.0);
  EXPECT_FALSE(file.find("8"));
}

}  // namespace
}  // namespace canvass
