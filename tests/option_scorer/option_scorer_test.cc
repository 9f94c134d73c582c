#include "option_scorer/option_scorer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <numeric>

#include "base/file.h"
#include "engine/small_world.h"
#include "evaluation/evaluation.h"
#include "option_scorer/scorer_training.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using test::TemporaryFolder;
using testing::HasSubstr;

std::filesystem::path encoderFolder() {
  return test::sourceFolder() / "tests" / "golden" / "encoders" / "bert";
}

// Three questions and three populations whose shares follow from what their texts say.
Survey smallSurvey() {
  Survey survey;
  const auto question = [&](const char* id, const char* text, std::vector<const char*> options) {
    Question made;
    made.id = id;
    made.text = text;
    for (std::size_t k = 0; k < options.size(); ++k) {
      made.options.push_back({std::string(1, static_cast<char>('A' + k)), options[k], {}});
    }
    survey.questions.push_back(made);
  };
  question("q1", "How important is family in your life?",
           {"Very important", "Rather important", "Not at all important"});
  question("q2", "Most people can be trusted", {"Very", "Not at all"});
  question("q3", "In the last twelve months, without food?",
           {"Often", "Not very often", "Rather often", "Not at all"});
  for (const char* name : {"Japan", "Brazil", "Kenya"}) {
    survey.populations.push_back({name, name, std::string("someone from ") + name, {}});
  }
  for (std::size_t q = 0; q < 3; ++q) {
    for (std::size_t p = 0; p < 3; ++p) {
      Distribution shares(survey.questions[q].options.size(), 1.0);
      shares[(q + p) % shares.size()] += 4.0;
      const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
      for (double& share : shares) share /= sum;
      survey.items.push_back({q, p, shares, {}, {}});
    }
  }
  return survey;
}

ScorerTraining quick(std::size_t epochs = 60) {
  ScorerTraining training = headTraining();
  training.options.epochs = epochs;
  training.options.batchSize = 9;
  training.options.learningRate = 3e-3;
  training.headDropout = 0.0;
  return training;
}

double similarity(const OptionScorer& scorer, const Survey& survey) {
  const Predictions predictions = predictAll(scorer, survey);
  return evaluate(survey, predictions).metrics.means[metricIndex("js_similarity")].mean;
}

OptionScorer trained(const Survey& survey, const ScorerTraining& training, bool whole = false) {
  OptionScorer scorer(openModel(encoderFolder()), whole);
  train(scorer, survey, nullptr, training, noProgress());
  return scorer;
}

TEST(OptionScorer, LearnsWhatPopulationsAnswer) {
  const Survey survey = smallSurvey();
  EXPECT_LT(similarity(trained(survey, quick(1)), survey), 0.9);
  EXPECT_GT(similarity(trained(survey, quick(150)), survey), 0.98);
}

TEST(OptionScorer, PredictsEveryItemWithADistribution) {
  const Survey survey = smallSurvey();
  const Predictions predictions = predictAll(trained(survey, quick()), survey);
  ASSERT_EQ(predictions.predictions.size(), survey.items.size());
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const Prediction& prediction = predictions.predictions[i];
    EXPECT_EQ(prediction.question, survey.questionOf(survey.items[i]).id);
    EXPECT_EQ(prediction.population, survey.populationOf(survey.items[i]).id);
    EXPECT_EQ(prediction.labels, labelsOf(survey.questionOf(survey.items[i])));
    EXPECT_NEAR(
        std::accumulate(prediction.probabilities.begin(), prediction.probabilities.end(), 0.0), 1.0,
        1e-12);
  }
}

// What stands beside an item in the survey has no part in its prediction.
TEST(OptionScorer, AnItemIsPredictedAlikeWhateverIsAskedBesideIt) {
  const Survey survey = smallSurvey();
  const OptionScorer scorer = trained(survey, quick());
  const Predictions all = predictAll(scorer, survey);
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const Predictions alone = predictAll(scorer, selectItems(survey, {i}));
    for (std::size_t k = 0; k < all.predictions[i].probabilities.size(); ++k) {
      EXPECT_NEAR(alone.predictions[0].probabilities[k], all.predictions[i].probabilities[k], 1e-5);
    }
  }
}

TEST(OptionScorer, ASavedOneReadsBackAndCanBeTrainedFurther) {
  const Survey survey = smallSurvey();
  const OptionScorer scorer = trained(survey, quick(20));
  const TemporaryFolder folder;
  scorer.save(folder.path());
  OptionScorer back(openModel(folder.path()), true);
  const auto logits = predictAll(scorer, survey).predictions[4].logits;
  const auto again = predictAll(back, survey).predictions[4].logits;
  ASSERT_EQ(again.size(), logits.size());
  for (std::size_t k = 0; k < logits.size(); ++k) EXPECT_NEAR(again[k], logits[k], 1e-4);
  const double before = similarity(back, survey);
  ScorerTraining more = quick(40);
  more.options.learningRate = 1e-3;
  train(back, survey, nullptr, more, noProgress());
  EXPECT_GT(similarity(back, survey), before);
}

TEST(OptionScorer, ItsHeadAloneOrTheWholeEncoderIsTrained) {
  const Survey survey = smallSurvey();
  for (const bool whole : {false, true}) {
    const OptionScorer fresh(openModel(encoderFolder()), whole);
    const OptionScorer scorer = trained(survey, quick(2), whole);
    const NamedTensors before = fresh.encoder->parameters();
    const NamedTensors after = scorer.encoder->parameters();
    std::size_t changed = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (!at::equal(before[i].second, after[i].second)) ++changed;
    }
    EXPECT_EQ(changed > 0, whole);
  }
}

TEST(OptionScorer, TheSameSeedGivesTheSameWeights) {
  const Survey survey = smallSurvey();
  ScorerTraining training = quick(3);
  training.headDropout = training.encoderDropout = 0.2;
  for (const bool whole : {false, true}) {
    const OptionScorer a = trained(survey, training, whole);
    const OptionScorer b = trained(survey, training, whole);
    ScorerTraining other = training;
    other.options.seed = 2;
    const OptionScorer c = trained(survey, other, whole);
    const auto logits = [&](const OptionScorer& scorer) {
      return predictAll(scorer, survey).predictions[0].logits;
    };
    EXPECT_EQ(logits(a), logits(b));
    EXPECT_NE(logits(a), logits(c));
  }
}

TEST(OptionScorer, ARunThatWasStoppedEndsInTheSameWeights) {
  const Survey survey = smallSurvey();
  ScorerTraining training = quick(3);
  training.options.batchSize = 4;  // three updates an epoch
  training.headDropout = training.encoderDropout = 0.2;
  const auto run = [&](bool whole, TrainingState& state, Progress& progress) {
    OptionScorer scorer(openModel(encoderFolder()), whole);
    train(scorer, survey, &survey, training, progress, {}, &state);
    return scorer;
  };
  for (const bool whole : {false, true}) {
    TrainingState undisturbed(training.options.seed);
    const OptionScorer expected = run(whole, undisturbed, noProgress());
    for (const std::size_t updates : {1, 3, 5}) {
      TrainingState stopped(training.options.seed);
      test::StopAfter stop(updates);
      run(whole, stopped, stop);
      const TemporaryFolder folder;
      saveTrainingState(stopped, folder.path() / "state");
      TrainingState loaded = loadTrainingState(folder.path() / "state");
      const OptionScorer resumed = run(whole, loaded, noProgress());
      EXPECT_EQ(predictAll(resumed, survey).predictions[4].logits,
                predictAll(expected, survey).predictions[4].logits);
      for (std::size_t i = 0; i < loaded.history.size(); ++i) {
        EXPECT_EQ(loaded.history[i].trainLoss, undisturbed.history[i].trainLoss);
        EXPECT_EQ(loaded.history[i].validLoss, undisturbed.history[i].validLoss);
      }
    }
  }
}

TEST(OptionScorer, KeepsTheEpochThatValidatesBest) {
  const Survey survey = smallSurvey();
  OptionScorer scorer(openModel(encoderFolder()), false);
  Survey valid = survey;
  for (Item& item : valid.items)
    item.observed =
        Distribution(item.observed->size(), 1.0 / static_cast<double>(item.observed->size()));
  ScorerTraining training = quick(10);
  const TrainResult result = train(scorer, survey, &valid, training, noProgress());
  double best = INFINITY;
  std::size_t bestEpoch = 0;
  for (const EpochRecord& record : result.history) {
    if (*record.validLoss < best) best = *record.validLoss, bestEpoch = record.epoch;
  }
  EXPECT_EQ(result.bestEpoch, bestEpoch);
  EXPECT_LT(bestEpoch, 10);  // it learns away from even shares
}

TEST(OptionScorer, SaysWhatItCannotDo) {
  const Survey survey = smallSurvey();
  const OptionScorer untrained(openModel(encoderFolder()), false);
  EXPECT_THAT(errorOf([&] { predictAll(untrained, survey); }),
              HasSubstr("the encoder has not been trained to score options"));
  Survey unobserved = survey;
  unobserved.items[4].observed.reset();
  EXPECT_THAT(errorOf([&] { trained(unobserved, quick(1)); }),
              HasSubstr("question q2, population Brazil: the item has no observed distribution"));
  Survey longWinded = survey;
  for (int i = 0; i < 20; ++i) longWinded.questions[2].text += " food food food";
  EXPECT_THAT(errorOf([&] { trained(longWinded, quick(1)); }),
              HasSubstr("question q3: the text has"));
  Survey nominal = survey;
  nominal.questions[0].scale = Scale::nominal;
  ScorerTraining ordered = quick(1);
  ordered.options.loss = LossKind::emd;
  EXPECT_THAT(errorOf([&] { trained(nominal, ordered); }), HasSubstr("needs ordered options"));
  EXPECT_THAT(errorOf([&] { trained(Survey(), quick(1)); }), HasSubstr("nothing to train on"));
}

TEST(OptionScorer, AHeadOfAnotherEncoderIsRefused) {
  const TemporaryFolder folder;
  trained(smallSurvey(), quick(1)).save(folder.path());
  EXPECT_THAT(
      errorOf([&] { OptionHead(*openModel(folder.path()), "option_head.safetensors", 48); }),
      HasSubstr("the head belongs to another encoder"));
}

TEST(OptionScorer, ReadsARealEncoder) {
  if (!std::filesystem::exists(test::miniLmFolder())) {
    GTEST_SKIP() << "scripts/test.sh brings " << test::miniLmFolder();
  }
  const OptionScorer scorer(openModel(test::miniLmFolder()), false);
  const ItemTexts texts = scorer.texts();
  const c10::NoGradGuard noGradients;
  const auto states = [&](const char* name) {
    ExecutionContext context;
    return scorer.populationStates({texts.tokensOf(Population{name, name, name, {}})}, 0.0,
                                   context)[0];
  };
  const auto cosine = [](const at::Tensor& a, const at::Tensor& b) {
    return at::cosine_similarity(a, b, 0).item<double>();
  };
  const at::Tensor norway = states("Norway");
  EXPECT_GT(cosine(norway, states("Sweden")), cosine(norway, states("Zimbabwe")));
}

}  // namespace
}  // namespace canvass
