#include "report/probes/probe_report.h"

#include <nlohmann/json.hpp>

#include "probes/option_order.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Two items; reversed, one of the answers turns over.
struct ProbeExample {
  Survey survey = makeSurvey({makeQuestion("q", 2)}, {"jp", "pe"});
  std::vector<AskedVariant> asked;

  explicit ProbeExample(bool observed) {
    for (std::size_t p = 0; p < 2; ++p) addItem(survey, 0, p, {0.5, 0.5});
    const Variant reversed = orderVariants(survey, OptionOrder::reversed).front();
    asked.push_back(
        {unchanged(survey, "original"), makePredictions({makePrediction("q", "jp", {0.8, 0.2}),
                                                         makePrediction("q", "pe", {0.6, 0.4})})});
    asked.push_back({reversed, makePredictions({makePrediction("q", "jp", {0.8, 0.2}),
                                                makePrediction("q", "pe", {0.4, 0.6})})});
    if (observed) return;
    for (Item& item : survey.items) item.observed.reset();
  }
  ProbeEffects effects() const { return effectsOf(survey, asked, {40, 0}); }
  std::map<std::size_t, PositionEffects> places() const { return positionEffects(survey, asked); }
};

TEST(ProbeReport, TellsEveryVariant) {
  const ProbeExample example(true);
  const std::string text = probeText(example.effects(), example.places(), "tvd");
  EXPECT_THAT(text,
              AllOf(HasSubstr("original"), HasSubstr("reversed"), HasSubstr("50.0%"),
                    HasSubstr("0.200"), HasSubstr("With 2 options (2 items), by position: +5.0 -5.0")));
  EXPECT_THAT(errorOf([&] { probeText(example.effects(), {}, "charm"); }), HasSubstr("charm"));
}

TEST(ProbeReport, WithoutObservedAnswersTellsWhatMoved) {
  const ProbeExample example(false);
  EXPECT_THAT(probeText(example.effects(), {}, "tvd"),
              AllOf(HasSubstr("50.0%"), Not(HasSubstr("original")), Not(HasSubstr("interval"))));
}

TEST(ProbeReport, JsonHasEveryFigure) {
  const ProbeExample example(true);
  const Json json = probeJson(example.effects(), example.places());
  const Json& variant = json["variants"][0];
  EXPECT_EQ(variant["name"], "reversed");
  EXPECT_EQ(variant["items"], 2);
  EXPECT_EQ(variant["flips"], 0.5);
  EXPECT_TRUE(variant["option_mass"]["original"].is_null());
  EXPECT_NEAR(variant["differences"]["tvd"]["difference"].get<double>(), 0.0, 1e-12);
  EXPECT_NEAR(json["position_effects"]["2"]["effects"][0].get<double>(), 0.05, 1e-12);
  EXPECT_EQ(json["resamples"], 40);
}

}  // namespace
}  // namespace canvass
