#include "probes/option_order.h"

#include <set>

#include "probes/debiasing.h"
#include "probes/position_effects.h"
#include "probes/simulated_model.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::DoubleNear;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Pointwise;
using ::testing::SizeIs;

const OptionOrder everyOrder[] = {OptionOrder::cyclic, OptionOrder::all, OptionOrder::sampled,
                                  OptionOrder::first, OptionOrder::reversed};
const std::vector<double> pull = {3.0, 1.0, 0.7, 0.5, 2.0};

TEST(OptionOrder, AsksTheseOrders) {
  const struct {
    OptionOrder kind;
    std::size_t variants;
    std::vector<std::vector<std::size_t>> ofFour;  // of the question with four options
  } cases[] = {
      {OptionOrder::cyclic, 4, {{1, 2, 3, 0}, {2, 3, 0, 1}, {3, 0, 1, 2}}},
      {OptionOrder::first, 4, {{1, 0, 2, 3}, {2, 0, 1, 3}, {3, 0, 1, 2}}},
      {OptionOrder::reversed, 1, {{3, 2, 1, 0}}},
  };
  const Survey survey = probedSurvey();
  for (const auto& [kind, count, ofFour] : cases) {
    const std::vector<Variant> variants = orderVariants(survey, kind);
    ASSERT_THAT(variants, SizeIs(count));
    for (std::size_t v = 0; v < ofFour.size(); ++v) {
      const auto question = SurveyIndex(variants[v].survey).question("four");
      ASSERT_TRUE(question);
      EXPECT_EQ(variants[v].optionAt[*question], ofFour[v]);
      const auto& shown = variants[v].survey.questions[*question].options;
      for (std::size_t place = 0; place < 4; ++place) {
        EXPECT_EQ(shown[place].label, survey.questions[2].options[place].label);
        EXPECT_EQ(shown[place].text, survey.questions[2].options[ofFour[v][place]].text);
      }
    }
  }
}

TEST(OptionOrder, AllOrdersAreEveryOneOnce) {
  std::set<std::vector<std::size_t>> orders;
  for (const Variant& variant : orderVariants(probedSurvey(), OptionOrder::all)) {
    const auto question = SurveyIndex(variant.survey).question("four");
    if (question) orders.insert(variant.optionAt[*question]);
  }
  EXPECT_THAT(orders, SizeIs(23));
}

// A model that does not care about order gives the very same answers: the way back is the inverse.
TEST(OptionOrder, AnUnbiasedModelComesOutUnchanged) {
  const Survey survey = probedSurvey();
  for (const OptionOrder kind : everyOrder) {
    const auto asked = ask(survey, orderVariants(survey, kind, 5, 3), {});
    const Predictions averaged = averagedOverOrders(asked);
    for (std::size_t i = 0; i < survey.items.size(); ++i) {
      const Prediction& original = asked[0].predictions.predictions[i];
      EXPECT_THAT(averaged.predictions[i].probabilities,
                  Pointwise(DoubleNear(1e-12), original.probabilities));
    }
    for (const AskedVariant& one : asked) {
      for (const Prediction& prediction : one.predictions.predictions) {
        const SurveyIndex index(survey);
        const auto item = index.item(*index.question(prediction.question),
                                     *index.population(prediction.population));
        const Prediction& original = asked[0].predictions.predictions[*item];
        EXPECT_THAT(prediction.probabilities, Pointwise(DoubleNear(1e-12), original.probabilities));
        EXPECT_THAT(prediction.logits, Pointwise(DoubleNear(1e-12), original.logits));
        EXPECT_EQ(prediction.labels, original.labels);
      }
    }
    for (const auto& [options, effects] : positionEffects(survey, asked)) {
      EXPECT_THAT(effects.effects, Each(DoubleNear(0.0, 1e-12)));
    }
  }
}

// With shares liking / 2 where the first place has all the pull ... by hand, two options: liked a
// and b, pull 3 : 1. Shown a first: 3a / (3a + b); shown b first: a / (a + 3b).
TEST(OptionOrder, PositionEffectsAreThoseWorkedOutByHand) {
  Survey survey = makeSurvey({makeQuestion("two", 2)}, {"jp"});
  survey.questions[0].options[0].text = "tea";
  survey.questions[0].options[1].text = "coffee";
  addItem(survey, 0, 0, {0.5, 0.5});
  const double a = liking("tea", 0), b = liking("coffee", 0);
  const double first = 3 * a / (3 * a + b), second = a / (a + 3 * b);
  const auto effects =
      positionEffects(survey, ask(survey, orderVariants(survey, OptionOrder::cyclic), {3.0, 1.0}));
  ASSERT_EQ(effects.count(2), 1u);
  EXPECT_EQ(effects.at(2).items, 1u);
  EXPECT_THAT(effects.at(2).effects, ElementsAre(DoubleNear((first - second) / 2, 1e-12),
                                                 DoubleNear((second - first) / 2, 1e-12)));
}

TEST(OptionOrder, APullIsFoundWhereItIs) {
  const Survey survey = probedSurvey();
  for (const OptionOrder kind : {OptionOrder::cyclic, OptionOrder::all, OptionOrder::sampled}) {
    const auto effects =
        positionEffects(survey, ask(survey, orderVariants(survey, kind, 40, 1), pull));
    for (const std::size_t options : {3, 4, 5}) {
      EXPECT_GT(effects.at(options).effects[0], 0.05);
      EXPECT_LT(effects.at(options).effects[2], 0.0);
    }
    EXPECT_GT(effects.at(5).effects[4], 0.0);
  }
}

TEST(OptionOrder, NeedsAnotherOrder) {
  Survey survey = makeSurvey({makeQuestion("one", 1)}, {"jp"});
  addItem(survey, 0, 0, {1.0});
  EXPECT_THAT(errorOf([&] { orderVariants(survey, OptionOrder::cyclic); }),
              ::testing::HasSubstr("no question has options"));
}

// The prior that PriDe estimates is the pull itself, so that dividing by it leaves the liking.
TEST(Debiasing, PrideRecoversWhatIsBehindThePull) {
  const Survey survey = probedSurvey();
  const auto asked = ask(survey, orderVariants(survey, OptionOrder::cyclic), pull);
  const auto unbiased = ask(survey, {}, {});
  const Predictions debiased = debiasedByPride(asked, {0.5, 1});
  const Predictions averaged = averagedOverOrders(asked);
  std::size_t recovered = 0;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const auto& shares = debiased.predictions[i].probabilities;
    if (shares == averaged.predictions[i].probabilities) continue;  // one of those drawn
    ++recovered;
    EXPECT_THAT(shares,
                Pointwise(DoubleNear(1e-12), unbiased[0].predictions.predictions[i].probabilities));
  }
  EXPECT_EQ(recovered, 6u);
  EXPECT_THAT(debiased.calibration,
              ::testing::HasSubstr("PriDe with the priors of 6 items, seed 1"));
}

TEST(Debiasing, ContextualCalibrationDividesByThePrior) {
  const Survey survey = probedSurvey();
  const auto asked = ask(survey, {}, pull);
  const auto unbiased = ask(survey, {}, {});
  Predictions nothing = asked[0].predictions;
  for (Prediction& prediction : nothing.predictions) {
    prediction.probabilities = normalized(
        {pull.begin(), pull.begin() + static_cast<std::ptrdiff_t>(prediction.labels.size())}, "");
  }
  const Predictions debiased = debiasedByContext(asked[0].predictions, nothing);
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    EXPECT_THAT(debiased.predictions[i].probabilities,
                Pointwise(DoubleNear(1e-12), unbiased[0].predictions.predictions[i].probabilities));
  }
  nothing.predictions.pop_back();
  EXPECT_THAT(errorOf([&] { debiasedByContext(asked[0].predictions, nothing); }),
              ::testing::HasSubstr("question five, population ke"));
}

}  // namespace
}  // namespace canvass
