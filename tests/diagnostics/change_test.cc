#include "diagnostics/change.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/random.h"
#include "baselines/last_wave.h"
#include "diagnostics/diagnostics.h"
#include "stats/multinomial.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

// Two waves of many countries: what people answered, and a prediction of the second.
class TwoWaves : public testing::Test {
 protected:
  TwoWaves() : random(3, "waves"), survey(makeSurvey({}, {})) {
    for (std::size_t c = 0; c < 20; ++c) {
      for (const char* wave : {"6", "7"}) {
        const std::string id = fmt::format("c{}w{}", c, wave);
        survey.populations.push_back(
            {id, id, id, {{"country", fmt::format("c{}", c)}, {"wave", wave}}});
      }
    }
    for (std::size_t q = 0; q < 30; ++q) {
      survey.questions.push_back(makeQuestion(fmt::format("q{}", q), 2));
      for (std::size_t c = 0; c < 20; ++c) {
        const double first = 0.5 + 0.08 * random.normal();
        before.push_back(first);
        change.push_back(0.05 * random.normal());
        addItem(survey, q, 2 * c, {first, 1.0 - first});
        addItem(survey, q, 2 * c + 1, {first + change.back(), 1.0 - first - change.back()});
      }
    }
  }

  // The second wave as predicted: so much of the change, and an error.
  std::map<std::string, DiagnosticFigure> figuresOf(double share, double error = 0.0) {
    std::vector<MatchedItem> items;
    for (std::size_t i = 0; i < change.size(); ++i) {
      const double predicted = before[i] + share * change[i] + error * random.normal();
      items.push_back({2 * i + 1, {predicted, 1.0 - predicted}});
    }
    std::map<std::string, DiagnosticFigure> figures;
    for (const Diagnostic& one : diagnosticsOf(survey, items).figures) {
      figures[std::string(one.kind->id)] = one.figure;
    }
    return figures;
  }

  // What was observed becomes that of samples.
  void sample(double respondents) {
    for (Item& item : survey.items) {
      std::vector<std::uint64_t> counts(2);
      drawSample(*item.observed, static_cast<std::uint64_t>(respondents), random, counts);
      const double share = static_cast<double>(counts[0]) / respondents;
      item.observed = {share, 1.0 - share};
      item.respondents = respondents;
    }
  }

  RandomStream random;
  Survey survey;
  std::vector<double> before, change;  // of each item of the second wave
};

TEST_F(TwoWaves, TheChangeIsJudgedBySlopeSkillAndSign) {
  const auto half = figuresOf(0.5);
  EXPECT_NEAR(*half.at("change_slope").value, 2.0, 1e-9);
  EXPECT_NEAR(*half.at("change_skill").value, 0.75, 1e-9);
  EXPECT_NEAR(*half.at("change_sign_errors").value, 0.0, 1e-9);
  EXPECT_EQ(half.at("change_slope").count, 600u);
  const auto wrong = figuresOf(-1.0);
  EXPECT_NEAR(*wrong.at("change_slope").value, -1.0, 1e-9);
  EXPECT_NEAR(*wrong.at("change_skill").value, -3.0, 1e-9);
  EXPECT_NEAR(*wrong.at("change_sign_errors").value, 1.0, 1e-9);
  const auto same = figuresOf(0.0);
  EXPECT_FALSE(same.at("change_slope").value);
  EXPECT_NEAR(*same.at("change_skill").value, 0.0, 1e-9);
}

// The earlier sample's error is in the predicted and in the observed change: without a correction
// the slope would be near 1 whatever is predicted.
TEST_F(TwoWaves, SamplingOfBothWavesIsTakenOut) {
  sample(100);
  EXPECT_NEAR(*figuresOf(1.0).at("change_slope").value, 1.0, 0.15);
  EXPECT_NEAR(*figuresOf(1.0).at("change_skill").value, 1.0, 0.15);
  EXPECT_NEAR(*figuresOf(0.5).at("change_skill").value, 0.75, 0.2);
}

TEST_F(TwoWaves, TheBaselineIsTheLatestEarlierWaveWithAnAnswer) {
  const Predictions predictions = predictLastWave({}, survey);
  ASSERT_EQ(predictions.predictions.size(), 600u);
  EXPECT_EQ(predictions.predictions[0].population, "c0w7");
  EXPECT_EQ(predictions.predictions[0].probabilities[0], before[0]);
  Survey older = survey;
  for (Population& population : older.populations) population.attributes["wave"] = "5";
  EXPECT_EQ(predictLastWave(older, survey).predictions.front().probabilities[0], before[0]);
}

TEST_F(TwoWaves, TheEarlierWaveMayBeInTheTrainingSurvey) {
  std::vector<std::size_t> first;
  std::vector<std::size_t> second;
  for (std::size_t i = 0; i < survey.items.size(); ++i) (i % 2 == 0 ? first : second).push_back(i);
  const Survey training = selectItems(survey, first);
  const Survey items = selectItems(survey, second);
  std::vector<MatchedItem> predicted;
  for (std::size_t i = 0; i < items.items.size(); ++i) {
    predicted.push_back({i, *items.items[i].observed});
  }
  Diagnostics diagnostics;
  const auto skillOf = [&](const Survey* known) -> const DiagnosticFigure* {
    diagnostics = diagnosticsOf(items, predicted, {.training = known});
    const auto found = std::ranges::find_if(
        diagnostics.figures, [](const Diagnostic& one) { return one.kind->id == "change_skill"; });
    return found == diagnostics.figures.end() ? nullptr : &found->figure;
  };
  EXPECT_EQ(skillOf(nullptr), nullptr);
  ASSERT_NE(skillOf(&training), nullptr);
  EXPECT_NEAR(*skillOf(&training)->value, 1.0, 1e-9);
}

struct CutoffCase {
  const char* name;
  double errorBefore, errorAfter;
  Departure departure;
};

class Cutoffs : public testing::TestWithParam<CutoffCase> {};

// Contaminated predictions know the items from before the cut-off.
TEST_P(Cutoffs, ContaminationIsFound) {
  RandomStream random(8, "cut-off");
  Survey survey = makeSurvey({}, {"A", "B", "C", "D", "E", "F"});
  std::vector<MatchedItem> items;
  for (std::size_t q = 0; q < 40; ++q) {
    survey.questions.push_back(makeQuestion(fmt::format("q{}", q), 2));
    survey.questions.back().date = q % 2 == 0 ? "2019-03" : q % 3 == 0 ? "" : "2025";
    const double error = q % 2 == 0 ? GetParam().errorBefore : GetParam().errorAfter;
    for (std::size_t c = 0; c < 6; ++c) {
      const double share = 0.5 + 0.1 * random.normal();
      const double predicted = share + error * random.normal();
      items.push_back({survey.items.size(), {predicted, 1.0 - predicted}});
      addItem(survey, q, c, {share, 1.0 - share});
    }
  }
  const auto figure = [&](const std::string& cutoff) -> std::optional<DiagnosticFigure> {
    for (const auto& one : diagnosticsOf(survey, items, {.cutoff = cutoff}).figures) {
      if (one.kind->id == "cutoff_difference") return one.figure;
    }
    return std::nullopt;
  };
  const auto found = figure("2024-06");
  ASSERT_TRUE(found);
  EXPECT_EQ(departureOf(diagnosticKind("cutoff_difference"), *found), GetParam().departure);
  EXPECT_EQ(found->count, 20u * 6 + 13 * 6);
  EXPECT_FALSE(figure(""));
  EXPECT_FALSE(figure("2030"));
}

INSTANTIATE_TEST_SUITE_P(Diagnostics, Cutoffs,
                         testing::Values(CutoffCase{"clean", 0.05, 0.05, Departure::none},
                                         CutoffCase{"contaminated", 0.01, 0.06, Departure::above},
                                         CutoffCase{"later", 0.06, 0.01, Departure::below}),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace canvass
