#include "baselines/registry.h"

#include <set>

#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Six questions of five populations, all answered.
Survey wholeSurvey() {
  Survey survey;
  for (const char* id : {"q1", "q2", "q3", "q4", "q5", "q6"}) {
    survey.questions.push_back(
        {id, id, "", {{"A", "Yes", {}}, {"B", "No", {}}}, Scale::ordinal, {}});
  }
  for (const char* id : {"P1", "P2", "P3", "P4", "P5"}) {
    survey.populations.push_back({id, id, id, {}});
  }
  for (std::size_t q = 0; q < 6; ++q) {
    for (std::size_t p = 0; p < 5; ++p) {
      const double share = 0.1 + 0.12 * static_cast<double>(q) + 0.03 * static_cast<double>(p);
      survey.items.push_back({q, p, Distribution{share, 1.0 - share}, {}, {}});
    }
  }
  return survey;
}

// Every population twice: in a second wave, and in the wave before.
Survey withEarlierWave(Survey survey) {
  const std::size_t populations = survey.populations.size();
  const std::size_t items = survey.items.size();
  for (std::size_t p = 0; p < populations; ++p) {
    survey.populations[p].attributes = {{"place", survey.populations[p].id}, {"wave", "2"}};
    Population earlier = survey.populations[p];
    earlier.id += " before";
    earlier.attributes["wave"] = "1";
    survey.populations.push_back(earlier);
  }
  for (std::size_t i = 0; i < items; ++i) {
    Item item = survey.items[i];
    item.population += populations;
    survey.items.push_back(item);
  }
  return survey;
}

Survey firstItems(std::size_t count) {
  Survey survey = wholeSurvey();
  survey.items.resize(count);
  return survey;
}

// Everything that the baseline needs or takes.
BaselineOptions allOptionsOf(const Baseline& baseline) {
  return takenOptions(baseline, {.neighbors = 2, .respondents = 20, .seed = 1});
}

class Messages : public Progress {
 public:
  void message(const std::string& text) override { all.push_back(text); }
  std::vector<std::string> all;
};

TEST(BaselineRegistry, EveryBaselineIsAPredictorUnderItsId) {
  const Survey training = withEarlierWave(wholeSurvey());
  Survey items = training;
  items.items.resize(3);
  std::set<std::string_view> ids;
  for (const Baseline& baseline : baselines()) {
    SCOPED_TRACE(baseline.id);
    EXPECT_TRUE(ids.insert(baseline.id).second);
    EXPECT_FALSE(baseline.title.empty() || baseline.summary.empty());
    const bool learns = baseline.training != TrainingUse::none;
    const auto predictor =
        makeBaseline(baseline, learns ? &training : nullptr, allOptionsOf(baseline));
    EXPECT_EQ(predictor->source().model, "baseline:" + std::string(baseline.id));
    EXPECT_THAT(predictAll(*predictor, items).predictions, SizeIs(3));
  }
}

TEST(BaselineRegistry, TakesDashesAndEarlierNames) {
  EXPECT_EQ(findBaseline("low-rank").id, "low_rank");
  EXPECT_EQ(findBaseline("question_mean").id, "question_mean");
  EXPECT_EQ(findBaseline("nearest").id, "nearest_populations");
  EXPECT_EQ(findBaseline("nearest-populations").id, "nearest_populations");
  EXPECT_EQ(errorOf([] { findBaseline("bestlinear"); }),
            "there is no baseline \"bestlinear\"; did you mean \"best_linear\"?");
  EXPECT_THAT(errorOf([] { findBaseline("luck"); }), HasSubstr("choose one of uniform, "));
}

TEST(BaselineRegistry, NamesInFilesOfVersion01AreThoseOfToday) {
  EXPECT_EQ(currentSourceName("baseline:best-linear"), "baseline:best_linear");
  EXPECT_EQ(currentSourceName("baseline:nearest"), "baseline:nearest_populations");
  EXPECT_EQ(currentSourceName("baseline:low_rank"), "baseline:low_rank");
  EXPECT_EQ(currentSourceName("baseline:of-mine"), "baseline:of-mine");
  EXPECT_EQ(currentSourceName("low-rank.jsonl"), "low-rank.jsonl");
}

TEST(BaselineRegistry, RefusesWhatDoesNothing) {
  const Survey training = wholeSurvey();
  const auto errorWith = [](const char* name, const Survey* survey,
                            const BaselineOptions& options) {
    return errorOf([&] { makeBaseline(findBaseline(name), survey, options); });
  };
  EXPECT_EQ(errorWith("uniform", nullptr, {.neighbors = 2}),
            "--neighbours does nothing for the baseline uniform; leave it out");
  EXPECT_THAT(errorWith("low_rank", &training, {.respondents = 2}),
              HasSubstr("--sample-size does"));
  EXPECT_THAT(errorWith("question_mean", &training, {.seed = 2}), HasSubstr("--seed does nothing"));
  EXPECT_THAT(errorWith("respondents", &training, {.respondents = 2}), HasSubstr("--train does"));
  EXPECT_THAT(errorWith("best_linear", nullptr, {}), HasSubstr("give them with --train"));
}

TEST(BaselineRegistry, SaysWhatItChoseItself) {
  const Survey training = wholeSurvey();
  const Survey items = firstItems(2);
  Messages messages;
  predictAll(*makeBaseline(findBaseline("nearest"), &training), items, messages);
  EXPECT_THAT(messages.all, ElementsAre(HasSubstr("neighbors, chosen by leaving out")));
  predictAll(*makeBaseline(findBaseline("nearest"), &training, {.neighbors = 2}), items, messages);
  EXPECT_THAT(messages.all, SizeIs(1));
}

}  // namespace
}  // namespace canvass
