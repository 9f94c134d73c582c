#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/random.h"
#include "diagnostics/diagnostics.h"
#include "stats/multinomial.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

// Questions with three options, of populations in two groups. Populations differ by two traits,
// which they have for all questions, and by a little of their own.
struct TrueWorld {
  explicit TrueWorld(std::uint64_t seed, std::size_t questions = 40, std::size_t populations = 30)
      : random(seed, "true world"), survey(makeSurvey({}, {})) {
    std::vector<std::array<double, 2>> traits(populations);
    for (std::size_t c = 0; c < populations; ++c) {
      traits[c] = {random.normal() + (c % 2 == 0 ? 0.7 : -0.7), random.normal()};
      const std::string id = fmt::format("p{}", c);
      survey.populations.push_back(
          {id, id, id, {{"place", id}, {"region", c % 2 == 0 ? "east" : "west"}}});
    }
    for (std::size_t q = 0; q < questions; ++q) {
      survey.questions.push_back(makeQuestion(fmt::format("q{}", q), 3));
      const double level = 0.8 * random.normal();
      const double first = 0.5 * random.normal();
      const double second = 0.5 * random.normal();
      std::vector<double> deviations(populations);
      for (std::size_t c = 0; c < populations; ++c) {
        deviations[c] = first * traits[c][0] + second * traits[c][1] + 0.1 * random.normal();
      }
      const double mean = std::accumulate(deviations.begin(), deviations.end(), 0.0) /
                          static_cast<double>(populations);
      for (std::size_t c = 0; c < populations; ++c) {
        leanings.push_back({level, deviations[c] - mean});
        addItem(survey, q, c, sharesAt(level + deviations[c] - mean));
      }
    }
  }

  // The more the leaning, the more choose the last option.
  static Distribution sharesAt(double leaning) {
    const double shift = 0.05 * leaning;
    return {0.33 - shift, 0.34, 0.33 + shift};
  }

  struct Leaning {
    double level, deviation;
  };
  RandomStream random;
  Survey survey;
  std::vector<Leaning> leanings;  // of each item
};

// What a predictor makes of a world: by the true level, the true deviation and the item's indices.
struct FaultyPredictor {
  friend void PrintTo(const FaultyPredictor& one, std::ostream* out) { *out << one.name; }

  const char* name;
  double (*leaning)(const TrueWorld::Leaning&, const Item&);
  std::set<std::string> found;  // the figures that say so, of those below
};

const FaultyPredictor predictors[] = {
    {"perfect", [](const auto& l, const Item&) { return l.level + l.deviation; }, {}},
    {"flattened",
     [](const auto& l, const Item&) { return l.level + 0.5 * l.deviation; },
     {"dispersion_between below", "exaggeration below", "gap_slope below"}},
    {"exaggerated",
     [](const auto& l, const Item&) { return l.level + 1.6 * l.deviation; },
     {"dispersion_between above", "exaggeration above", "gap_slope above"}},
    {"every third question the wrong way",
     [](const auto& l, const Item& item) {
       return l.level + (item.question % 3 == 0 ? -l.deviation : l.deviation);
     },
     {"sign_errors", "association_sign_errors", "gap_slope below"}},
    {"levels too far apart",
     [](const auto& l, const Item&) { return 1.5 * l.level + l.deviation; },
     {"level_slope below"}},
};

// The figures that say of the predictions that something is wrong.
std::set<std::string> alarmsOf(const Diagnostics& diagnostics) {
  const std::set<std::string_view> watched = {
      "dispersion_between",      "exaggeration", "gap_slope", "level_slope",
      "association_sign_errors", "sign_errors"};
  std::set<std::string> alarms;
  for (const auto& [kind, group, figure] : diagnostics.figures) {
    if (!watched.contains(kind->id)) continue;
    const Departure departure = departureOf(*kind, figure);
    if (departure == Departure::below) alarms.insert(std::string(kind->id) + " below");
    if (departure == Departure::above) alarms.insert(std::string(kind->id) + " above");
    // Over a tenth of all signs.
    if (!kind->ideal && figure.interval && figure.interval->low > 0.1) {
      alarms.insert(std::string(kind->id));
    }
  }
  return alarms;
}

class KnownFaults : public testing::TestWithParam<FaultyPredictor> {};

TEST_P(KnownFaults, AreFoundByTheFiguresMeantForThem) {
  TrueWorld world(11);
  std::vector<MatchedItem> items;
  for (std::size_t i = 0; i < world.survey.items.size(); ++i) {
    items.push_back(
        {i, TrueWorld::sharesAt(GetParam().leaning(world.leanings[i], world.survey.items[i]))});
  }
  // Perfect predictions have no error at all, and no figure has an interval then.
  EXPECT_EQ(alarmsOf(diagnosticsOf(world.survey, items)), GetParam().found) << GetParam().name;
}

INSTANTIATE_TEST_SUITE_P(Diagnostics, KnownFaults, testing::ValuesIn(predictors));

// The true shares as predictions of what samples say: all that is wrong is the survey's sampling.
class SampledWorld : public testing::Test {
 protected:
  SampledWorld() : world(5, 60, 40) {
    for (std::size_t i = 0; i < world.survey.items.size(); ++i) {
      Item& item = world.survey.items[i];
      items.push_back({i, *item.observed});
      std::vector<std::uint64_t> counts(3);
      drawSample(*item.observed, respondents, world.random, counts);
      for (std::size_t k = 0; k < 3; ++k) {
        (*item.observed)[k] = static_cast<double>(counts[k]) / respondents;
      }
      item.respondents = respondents;
    }
    for (const Diagnostic& one : diagnosticsOf(world.survey, items).figures) {
      figures[std::string(one.kind->id)] = one.figure;
    }
  }

  static constexpr double respondents = 200;
  TrueWorld world;
  std::vector<MatchedItem> items;
  std::map<std::string, DiagnosticFigure> figures;
};

TEST_F(SampledWorld, SamplingIsTakenOutOfFigures) {
  for (const char* id : {"dispersion_within", "dispersion_between", "deviation_correlation",
                         "gap_slope", "gap_correlation"}) {
    EXPECT_NEAR(*figures.at(id).value, 1.0, 0.05) << id;
    EXPECT_GT(std::abs(*figures.at(id).uncorrected - 1.0), std::abs(*figures.at(id).value - 1.0))
        << id;
  }
  EXPECT_LT(*figures.at("dispersion_between").uncorrected, 0.97);
  EXPECT_LT(*figures.at("error").value, 0.01);
  EXPECT_GT(*figures.at("error").uncorrected, 0.025);
  EXPECT_NEAR(*figures.at("association_strength").value, 1.0, 0.08);
  EXPECT_LT(*figures.at("clear_sign_errors").value, 1e-3);
}

TEST_F(SampledWorld, AsManySharesAsAPerfectPredictionReachesAreWithinTheMargin) {
  for (const char* id : {"shares_within_margin", "items_within_margin"}) {
    EXPECT_NEAR(*figures.at(id).value, *figures.at(id).reference, 0.02) << id;
  }
}

TEST_F(SampledWorld, WithoutSizesNothingIsCorrected) {
  for (Item& item : world.survey.items) item.respondents.reset();
  const Diagnostics diagnostics = diagnosticsOf(world.survey, items);
  EXPECT_EQ(diagnostics.itemsWithSize, 0u);
  for (const Diagnostic& one : diagnostics.figures) {
    EXPECT_FALSE(one.figure.uncorrected) << one.kind->id;
    EXPECT_FALSE(one.figure.reference) << one.kind->id;
    EXPECT_FALSE(one.kind->id.ends_with("within_margin"));
    const auto corrected = figures.at(std::string(one.kind->id)).uncorrected;
    if (corrected) {
      EXPECT_NEAR(*one.figure.value, *corrected, 1e-9) << one.kind->id;
    }
  }
}

// The intervals hold the figure of an endless world about as often as they say.
TEST(DiagnosticsIntervals, CoverTheFigureOfAllQuestionsAndPopulations) {
  const auto figureOf = [](TrueWorld world, std::uint64_t seed) {
    std::vector<MatchedItem> items;
    RandomStream random(seed, "errors");
    for (std::size_t i = 0; i < world.survey.items.size(); ++i) {
      const auto& [level, deviation] = world.leanings[i];
      const double error = 0.2 * random.normal();
      items.push_back({i, TrueWorld::sharesAt(level + 0.6 * deviation + error)});
    }
    std::map<std::string, DiagnosticFigure> found;
    for (const auto& one : diagnosticsOf(world.survey, items, {.bootstrap = {200, 0}}).figures) {
      found[std::string(one.kind->id)] = one.figure;
    }
    return found;
  };
  constexpr std::size_t worlds = 100;
  std::map<std::string, double> truth;
  std::map<std::string, std::size_t> covered;
  const char* watched[] = {"dispersion_between",    "deviation_slope",
                           "deviation_correlation", "error",
                           "sign_errors",           "exaggeration"};
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto found = figureOf(TrueWorld(1000 + seed, 120, 80), seed);
    for (const char* id : watched) truth[id] += *found.at(id).value / 20.0;
  }
  for (std::uint64_t seed = 0; seed < worlds; ++seed) {
    const auto found = figureOf(TrueWorld(seed, 50, 40), seed);
    for (const char* id : watched) covered[id] += found.at(id).interval->contains(truth[id]);
  }
  for (const char* id : watched) {
    EXPECT_GE(covered[id], 84u) << id;
  }
}

}  // namespace
}  // namespace canvass
