#include "report/evaluation/diagnostics_report.h"

#include <nlohmann/json.hpp>

#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;

// Twelve questions of eight populations, whose differences are predicted half as large as they are.
Diagnostics flattened() {
  Survey survey = makeSurvey({}, {"A", "B", "C", "D", "E", "F", "G", "H"});
  std::vector<MatchedItem> items;
  for (std::size_t q = 0; q < 12; ++q) {
    survey.questions.push_back(makeQuestion("q" + std::to_string(q), 2));
    for (std::size_t c = 0; c < 8; ++c) {
      const double place = (static_cast<double>((q + 3 * c + q * c) % 8) - 3.5) / 10.0;
      const double own = (static_cast<double>((5 * q + 3 * c) % 7) - 3.0) / 50.0;
      items.push_back({survey.items.size(), {0.5 + 0.5 * place, 0.5 - 0.5 * place}});
      addItem(survey, q, c, {0.5 + place + own, 0.5 - place - own});
      survey.items.back().effectiveSampleSize = 500;
    }
  }
  return diagnosticsOf(survey, items);
}

const Json& figureOf(const Json& json, const std::string& id) {
  for (const Json& one : json["figures"]) {
    if (one["id"] == id) return one;
  }
  throw std::runtime_error("no figure " + id);
}

TEST(DiagnosticsReport, SaysWhatAFigureIsAndWhatItMeans) {
  const Json json = diagnosticsJson(flattened());
  EXPECT_EQ(json["items"], 96);
  EXPECT_EQ(json["items_with_sample_size"], 96);
  const Json& between = figureOf(json, "dispersion_between");
  EXPECT_EQ(between["unit"], "items");
  EXPECT_EQ(between["count"], 96);
  EXPECT_EQ(between["ideal"], 1.0);
  EXPECT_EQ(between["finding"], "below");
  EXPECT_THAT(between["says"].get<std::string>(), HasSubstr("flattened"));
  EXPECT_LT(between["low"], between["value"]);
  EXPECT_GT(between["high"], between["value"]);
  EXPECT_LT(between["uncorrected"], between["value"]);
  EXPECT_GT(figureOf(json, "shares_within_margin")["reference"], 0.9);
  EXPECT_FALSE(figureOf(json, "simbench").contains("ideal"));
  EXPECT_EQ(json["parity"][0]["grouping"], "population");
  EXPECT_EQ(json["parity"][0]["groups"].size(), 8u);
}

TEST(DiagnosticsReport, NamesFiguresThatDoNotExist) {
  Survey survey = makeSurvey({makeQuestion("q1", 3, "", Scale::nominal)}, {"A"});
  addItem(survey, 0, 0, {0.2, 0.3, 0.5});
  const std::vector<MatchedItem> items{{0, {0.2, 0.3, 0.5}}};
  const Diagnostics diagnostics = diagnosticsOf(survey, items);
  const Json json = diagnosticsJson(diagnostics);
  for (const char* id : {"dispersion_between", "deviation_slope", "ks"}) {
    EXPECT_TRUE(figureOf(json, id)["value"].is_null()) << id;
    EXPECT_EQ(figureOf(json, id)["says"], "") << id;
  }
  EXPECT_EQ(figureOf(json, "overlap")["value"], 1.0);
  const std::string text = diagnosticsText({{"run", &diagnostics}}, {});
  EXPECT_THAT(text, HasSubstr("Nothing says how many people answered"));
  EXPECT_THAT(text, Not(HasSubstr("beyond chance")));
}

TEST(DiagnosticsReport, ShowsOneRunWithIntervalsAndSeveralSideBySide) {
  const Diagnostics one = flattened();
  const std::string alone = diagnosticsText({{"tuned", &one}}, {});
  EXPECT_THAT(alone, HasSubstr("95%"));
  EXPECT_THAT(alone, HasSubstr("Variance between populations, ratio"));
  EXPECT_THAT(alone, HasSubstr("tuned, beyond chance:"));
  EXPECT_THAT(alone, HasSubstr("• flattened: populations are predicted to be more alike"));
  const std::string both = diagnosticsText({{"tuned", &one}, {"as it came", &one}}, {});
  EXPECT_THAT(both, Not(HasSubstr("95%")));
  EXPECT_THAT(both, HasSubstr("as it came, beyond chance:"));
  const std::string plain = diagnosticsText({{"tuned", &one}}, {.ascii = true});
  for (const char letter : plain) EXPECT_EQ(letter & 0x80, 0) << plain;
}

}  // namespace
}  // namespace canvass
