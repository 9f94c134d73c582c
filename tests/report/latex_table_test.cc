#include "report/evaluation/latex_table.h"

#include <nlohmann/json.hpp>

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Json evaluationScoring(double similarity, double emd) {
  return {
      {"metrics", {{"js_similarity", similarity}, {"emd", emd}}},
      {"denominators", {{"js_similarity", 10}, {"emd", 8}}},
      {"intervals", {{"js_similarity", {{"low", similarity - 0.01}, {"high", similarity + 0.01}}}}},
      {"baselines",
       {{"uniform",
         {{"metrics", {{"js_similarity", 0.9}, {"emd", 0.05}}},
          {"denominators", {{"js_similarity", 10}, {"emd", 7}}}}}}},
      {"ceiling",
       {{"metrics", {{"js_similarity", 0.99}}}, {"denominators", {{"js_similarity", 10}}}}}};
}

TEST(LatexTable, MarksTheBestAmongColumnsOverTheSameItems) {
  const Json first = evaluationScoring(0.8, 0.1);
  const Json second = evaluationScoring(0.85, 0.1);
  const std::string table = latexTable({{"tuned_1", &first}, {"50 %", &second}}, "Runs & more");
  EXPECT_THAT(
      table, AllOf(HasSubstr("\\begin{tabular}{lrrrr}"), HasSubstr("tuned\\_1 & 50 \\% & uniform"),
                   HasSubstr("\\caption{Runs \\& more}"),
                   HasSubstr("JS similarity $\\uparrow$ & 0.800 & 0.850 & \\textbf{0.900} & 0.990"),
                   HasSubstr("{\\footnotesize [0.790, 0.810]} & {\\footnotesize [0.840, 0.860]}")));
  // Uniform has another number of items there, the ceiling none.
  EXPECT_THAT(table, HasSubstr("$\\downarrow$ & \\textbf{0.100} & \\textbf{0.100} & 0.050 & --"));
}

TEST(LatexTable, TitlesBaselinesAsTheFileSaysOrAsThisVersionDoes) {
  Json evaluation = evaluationScoring(0.8, 0.1);
  const Json figures = evaluation["baselines"]["uniform"];
  evaluation["baselines"]["question_mean"] = figures;
  evaluation["baselines"]["question_mean"]["title"] = "mean of others";
  evaluation["baselines"]["low_rank"] = figures;
  evaluation["baselines"]["later"] = figures;
  EXPECT_THAT(latexTable({{"run", &evaluation}}, "c"),
              HasSubstr("run & uniform & mean of others & low rank & later & noise ceiling"));
}

TEST(LatexTable, DoesWithoutBaselinesAndIntervals) {
  Json bare = evaluationScoring(0.8, 0.1);
  bare["baselines"] = Json::object();
  bare.erase("intervals");
  bare.erase("ceiling");
  EXPECT_THAT(latexTable({{"run", &bare}}, "c"),
              AllOf(HasSubstr("\\begin{tabular}{lr}"), Not(HasSubstr("footnotesize"))));
}

}  // namespace
}  // namespace canvass
