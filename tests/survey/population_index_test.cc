#include "survey/population_index.h"

#include "base/random.h"
#include "survey/shared_respondents.h"
#include "support/test_support.h"

namespace canvass {
namespace {

// Populations by up to three attributes of three values each; some with a sample, which lists some
// of the others.
std::vector<Population> drawnPopulations(RandomStream& random, std::size_t count) {
  std::vector<Population> populations;
  for (std::size_t i = 0; i < count; ++i) {
    Population population;
    population.id = "p" + std::to_string(random.below(2 * count));  // some appear twice
    for (const char* name : {"age", "country", "sex"}) {
      if (random.below(2) == 0) population.attributes[name] = std::to_string(random.below(3));
    }
    if (random.below(2) == 0) {
      population.sample = PopulationSample{10, {}};
      for (std::size_t listed = random.below(4); listed > 0; --listed) {
        population.sample->shared["p" + std::to_string(random.below(2 * count))] = 3;
      }
    }
    populations.push_back(std::move(population));
  }
  return populations;
}

TEST(PopulationIndex, FindsWhatALookAtEachFinds) {
  RandomStream random(7, "population index");
  for (int draw = 0; draw < 50; ++draw) {
    const auto populations = drawnPopulations(random, 20);
    const PopulationIndex index(populations);
    for (const Population& one : drawnPopulations(random, 20)) {
      std::vector<std::size_t> expected;
      for (std::size_t i = 0; i < populations.size(); ++i) {
        if (shareRespondents(one, populations[i])) expected.push_back(i);
      }
      EXPECT_EQ(index.related(one), expected);
    }
  }
}

}  // namespace
}  // namespace canvass
