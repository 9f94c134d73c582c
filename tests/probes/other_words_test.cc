#include "probes/other_words.h"

#include <set>

#include "probes/option_order.h"
#include "probes/probe_effects.h"
#include "probes/simulated_model.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(OtherWords, LabelsChangeAndNothingElse) {
  const Survey survey = probedSurvey();
  const std::vector<Variant> variants = labelVariants(survey);
  ASSERT_THAT(variants, SizeIs(3));
  EXPECT_THAT(labelsOf(variants[0].survey.questions[1]), ElementsAre("1", "2", "3"));
  EXPECT_THAT(labelsOf(variants[1].survey.questions[1]), ElementsAre("a", "b", "c"));
  EXPECT_THAT(labelsOf(variants[2].survey.questions[1]), ElementsAre("P", "Q", "R"));
  for (const Variant& variant : variants) {
    const Predictions back = inOriginalOrder(variant, survey, answerOf(variant, {}));
    EXPECT_EQ(back.predictions[3].labels, labelsOf(survey.questions[1]));
    EXPECT_EQ(variant.survey.questions[2].options[1].text, survey.questions[2].options[1].text);
  }
}

TEST(OtherWords, EveryPopulationGetsAnotherOnesWords) {
  const Survey survey = probedSurvey();
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Variant variant = otherPopulations(survey, seed);
    std::set<std::string> phrases;
    for (std::size_t p = 0; p < survey.populations.size(); ++p) {
      EXPECT_EQ(variant.survey.populations[p].id, survey.populations[p].id);
      EXPECT_NE(variant.survey.populations[p].phrase, survey.populations[p].phrase);
      phrases.insert(variant.survey.populations[p].phrase);
    }
    EXPECT_THAT(phrases, SizeIs(survey.populations.size()));
  }
  const Survey alone = selectItems(survey, {0});
  EXPECT_THAT(errorOf([&] { otherPopulations(alone, 0); }), HasSubstr("no other population"));
}

TEST(OtherWords, AnotherSurveyGivesTheWords) {
  const Survey survey = probedSurvey();
  Survey chinese = survey;
  chinese.language = "zh";
  chinese.questions.pop_back();
  std::erase_if(chinese.items, [](const Item& item) { return item.question == 3; });
  chinese.questions[0].text = "茶好吗？";
  chinese.questions[0].options[1].text = "不好";
  chinese.populations[2].phrase = "来自肯尼亚的人";
  const Variant variant = otherWording(survey, chinese, "Chinese");
  EXPECT_EQ(variant.survey.language, "zh");
  EXPECT_THAT(variant.survey.items, SizeIs(9));
  EXPECT_EQ(variant.survey.questions[0].text, "茶好吗？");
  EXPECT_EQ(variant.survey.questions[0].options[1].text, "不好");
  EXPECT_EQ(variant.survey.populations[2].phrase, "来自肯尼亚的人");
  chinese.questions[1].options.pop_back();
  EXPECT_THAT(errorOf([&] { otherWording(survey, chinese, "Chinese"); }),
              HasSubstr("question three has 2 options in \"Chinese\", not 3"));
  EXPECT_THAT(errorOf([&] { otherWording(survey, makeSurvey({}, {}), "nothing"); }),
              HasSubstr("none of the items"));
}

TEST(OtherWords, AnswersAreOpenedByBuiltInWordsOrOnesOwn) {
  Survey survey = probedSurvey();
  const auto builtIn = prefixVariants(survey, {});
  EXPECT_THAT(builtIn, SizeIs(4));
  std::set<std::string> different;
  for (const Variant& variant : builtIn) different.insert(variant.answerPrefix);
  EXPECT_THAT(different, SizeIs(4));
  EXPECT_FALSE(different.contains(""));
  const auto own = prefixVariants(survey, {" Well, ("});
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_EQ(own[0].answerPrefix, " Well, (");
  EXPECT_EQ(own[0].name, "prefix \" Well, (\"");
  EXPECT_EQ(own[0].survey.items.size(), survey.items.size());
  EXPECT_THAT(errorOf([&] { prefixVariants(survey, {""}); }), HasSubstr("is empty"));
  survey.language = "zh";
  EXPECT_THAT(errorOf([&] { prefixVariants(survey, {}); }), HasSubstr("--prefixes"));
  EXPECT_THAT(prefixVariants(survey, {" 答案是("}), SizeIs(1));
}

TEST(OtherWords, NothingIsAskedWhereNothingIsThere) {
  const Variant variant = contentFree(probedSurvey());
  EXPECT_EQ(variant.survey.questions[1].text, "N/A");
  EXPECT_EQ(variant.survey.questions[1].options[2].text, "N/A");
  EXPECT_EQ(variant.survey.populations[0].phrase, probedSurvey().populations[0].phrase);
}

// Two options liked 3 : 1; a pull of 9 : 1 turns the answer over when they are shown reversed.
TEST(ProbeEffects, CountFlipsAndDistances) {
  Survey survey = makeSurvey({makeQuestion("two", 2)}, {"jp"});
  addItem(survey, 0, 0, {0.9, 0.1});
  Variant reversed = orderVariants(survey, OptionOrder::reversed).front();
  std::vector<AskedVariant> asked = ask(survey, {reversed}, {});
  asked[0].predictions.predictions[0].probabilities = {0.9, 0.1};
  asked[1].predictions.predictions[0].probabilities = {0.25, 0.75};
  asked[1].predictions.predictions[0].optionMass = 0.4;
  const ProbeEffects effects = effectsOf(survey, asked, {40, 0});
  ASSERT_THAT(effects.variants, SizeIs(1));
  const VariantEffect& effect = effects.variants[0];
  EXPECT_EQ(effect.name, "reversed");
  EXPECT_EQ(effect.items, 1u);
  EXPECT_EQ(effect.flips, 1.0);
  EXPECT_NEAR(effect.jsDistance, 0.48800158783107994, 1e-12);  // by Python
  EXPECT_EQ(effect.originalMass, 0.5);
  EXPECT_EQ(effect.variantMass, 0.4);
  const std::size_t tvd = metricIndex("tvd");
  EXPECT_NEAR(effects.original.metrics.means[tvd].mean, 0.0, 1e-12);
  EXPECT_NEAR(effect.fromOriginal.metrics[tvd]->difference, 0.65, 1e-12);
}

TEST(ProbeEffects, NeedNoObservedAnswers) {
  Survey survey = probedSurvey();
  for (Item& item : survey.items) item.observed.reset();
  const auto asked = ask(survey, orderVariants(survey, OptionOrder::reversed), {2.0, 1, 1, 1, 1});
  const ProbeEffects effects = effectsOf(survey, asked);
  EXPECT_EQ(effects.variants[0].items, survey.items.size());
  EXPECT_GT(effects.variants[0].jsDistance, 0.0);
  EXPECT_TRUE(effects.variants[0].evaluation.items.empty());
}

}  // namespace
}  // namespace canvass
