#include "asking/evidence.h"

#include <fmt/format.h>

#include <thread>

#include "base/random.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Four questions about two things; Japan and Korea answer alike, Peru does not.
Survey smallTraining() {
  Survey survey = makeSurvey({makeQuestion("tea1", 2), makeQuestion("tea2", 2),
                              makeQuestion("work1", 2), makeQuestion("work2", 2)},
                             {"jp", "kr", "pe"});
  survey.questions[0].text = "How often do you drink tea?";
  survey.questions[1].text = "How often do you drink green tea at home?";
  survey.questions[2].text = "Is work important?";
  survey.questions[3].text = "Is hard work important to you?";
  const double yes[3][4] = {{0.9, 0.8, 0.2, 0.3}, {0.88, 0.79, 0.22, 0.31}, {0.1, 0.2, 0.9, 0.8}};
  for (std::size_t p = 0; p < 3; ++p) {
    for (std::size_t q = 0; q < 4; ++q) addItem(survey, q, p, {yes[p][q], 1.0 - yes[p][q]});
  }
  return survey;
}

std::vector<std::string> namesOf(const std::vector<Evidence>& evidence) {
  std::vector<std::string> names;
  for (const Evidence& one : evidence) names.push_back(one.population->id + " " + one.question->id);
  return names;
}

Survey onlyItem(const Survey& survey, std::size_t item) { return selectItems(survey, {item}); }

TEST(EvidenceSource, ShowsTheSameQuestionOfTheMostSimilarPopulationLast) {
  const Survey training = smallTraining();
  const Survey asked = onlyItem(training, 0);  // Japan, tea1
  EvidenceSource source(training, asked);
  EXPECT_THAT(namesOf(source.forItem(asked.questions[0], asked.populations[0], 2)),
              ElementsAre("jp tea2", "kr tea1"));
}

TEST(EvidenceSource, ShowsSimilarQuestionsWhereTheQuestionIsNew) {
  const Survey training = smallTraining();
  Survey asked = onlyItem(training, 2);  // Japan, work1
  asked.questions[0].id = "new";
  asked.questions[0].text = "Is hard work important?";
  EvidenceSource source(training, asked);
  EXPECT_THAT(namesOf(source.forItem(asked.questions[0], asked.populations[0], 1)),
              ElementsAre("jp work2"));
}

// Knows synonyms, and that leisure is no work.
struct Thesaurus : TextEmbedder {
  std::vector<std::vector<float>> embed(const std::vector<std::string>& texts) const override {
    std::vector<std::vector<float>> vectors;
    for (const std::string& text : texts) {
      const bool work =
          text.find("work") != std::string::npos || text.find("labour") != std::string::npos;
      vectors.push_back(work ? std::vector<float>{1.0F, 0.0F} : std::vector<float>{-1.0F, 0.0F});
    }
    return vectors;
  }
};

TEST(EvidenceSource, FindsQuestionsByTheirMeaningWithAnEncoder) {
  const Survey training = smallTraining();
  Survey asked = onlyItem(training, 0);  // Japan, tea1
  asked.questions[0].id = "new";
  asked.questions[0].text = "Does labour matter to you?";
  EvidenceSource source(training, asked, std::make_shared<Thesaurus>());
  EXPECT_THAT(namesOf(source.forItem(asked.questions[0], asked.populations[0], 2)),
              ElementsAre("jp work2", "jp work1"));
}

TEST(EvidenceSource, PrefersPopulationsThatShareAttributesWhereTheTargetIsNew) {
  Survey training = smallTraining();
  for (std::size_t p = 0; p < 3; ++p) {
    training.populations[p].attributes = {{"sex", p == 2 ? "female" : "male"}};
  }
  Survey asked = onlyItem(training, 0);
  asked.populations[0] = {"br-f", "Women in Brazil", "a woman from Brazil", {{"sex", "female"}}};
  EvidenceSource source(training, asked);
  EXPECT_THAT(namesOf(source.forItem(asked.questions[0], asked.populations[0], 1)),
              ElementsAre("pe tea1"));
}

// Whoever asks first: all find the same.
TEST(EvidenceSource, AnswersSeveralThreadsAsItAnswersOne) {
  const Survey training = smallTraining();
  const Survey asked = selectItems(training, {0, 5, 10});
  const EvidenceSource alone(training, asked);
  const EvidenceSource shared(training, asked);
  std::vector<std::vector<std::vector<std::string>>> shown(4);
  std::vector<std::thread> threads;
  for (auto& own : shown) {
    threads.emplace_back([&] {
      for (const Item& item : asked.items) {
        own.push_back(namesOf(shared.forItem(asked.questionOf(item), asked.populationOf(item), 5)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < asked.items.size(); ++i) {
    const Item& item = asked.items[i];
    const auto expected =
        namesOf(alone.forItem(asked.questionOf(item), asked.populationOf(item), 5));
    for (const auto& own : shown) EXPECT_EQ(own[i], expected);
  }
}

TEST(EvidenceSource, ShowsNoMoreThanThereIs) {
  const Survey training = smallTraining();
  EvidenceSource everythingAsked(training, training);
  EXPECT_THAT(everythingAsked.forItem(training.questions[0], training.populations[0], 3),
              IsEmpty());
  const Survey asked = onlyItem(training, 0);
  EvidenceSource source(training, asked);
  EXPECT_THAT(source.forItem(asked.questions[0], asked.populations[0], 100), SizeIs(11));
}

// Whatever is held out: it is shown for no item, and what it is changes nothing that is shown.
TEST(EvidenceSource, NeverShowsOrUsesWhatIsToBePredicted) {
  RandomStream random(11, "splits");
  for (int round = 0; round < 50; ++round) {
    Survey training = makeSurvey({}, {"a", "b", "c", "d", "e"});
    for (std::size_t q = 0; q < 8; ++q) {
      training.questions.push_back(makeQuestion("q" + std::to_string(q), 2 + q % 3));
      training.questions.back().text = fmt::format("word{} word{}", q % 3, q % 2);
      for (std::size_t p = 0; p < 5; ++p) {
        Distribution observed;
        for (std::size_t k = 0; k < 2 + q % 3; ++k) observed.push_back(random.uniform() + 0.01);
        addItem(training, q, p, normalized(observed, ""));
      }
    }
    std::vector<std::size_t> heldOut;
    Survey changed = training;
    for (std::size_t i = 0; i < training.items.size(); ++i) {
      if (random.uniform() > 0.4) continue;
      heldOut.push_back(i);
      std::ranges::reverse(*changed.items[i].observed);
    }
    const Survey asked = selectItems(training, heldOut);
    const SurveyIndex index(asked);
    EvidenceSource source(training, asked);
    EvidenceSource sourceOfChanged(changed, asked);
    for (const Item& item : asked.items) {
      const auto& question = asked.questionOf(item);
      const auto& population = asked.populationOf(item);
      const auto shown = source.forItem(question, population, 4);
      EXPECT_EQ(namesOf(shown), namesOf(sourceOfChanged.forItem(question, population, 4)));
      for (const Evidence& one : shown) {
        const auto q = index.question(one.question->id);
        const auto p = index.population(one.population->id);
        EXPECT_FALSE(q && p && index.item(*q, *p)) << one.question->id << one.population->id;
      }
    }
  }
}

}  // namespace
}  // namespace canvass
