#include "survey/shared_respondents.h"

#include "support/test_support.h"
#include "survey/sample_survey.h"

namespace canvass {
namespace {

using Attributes = std::map<std::string, std::string>;
using ::testing::ElementsAre;
using ::testing::Pair;

Population withAttributes(const std::string& id, const Attributes& attributes = {}) {
  return {id, id, "someone", attributes};
}

Population sampled(const std::string& id, std::size_t respondents,
                   const std::map<std::string, std::size_t>& shared = {}) {
  Population one = withAttributes(id);
  one.sample = {respondents, shared};
  return one;
}

PopulationRelation turned(PopulationRelation relation) {
  if (relation == PopulationRelation::contains) return PopulationRelation::within;
  if (relation == PopulationRelation::within) return PopulationRelation::contains;
  return relation;
}

struct RelationCase {
  Population one;
  Population other;
  PopulationRelation relation;
};

TEST(SharedRespondents, AreKnownFromSamplesOrElseFromAttributes) {
  const Attributes peru{{"country", "Peru"}};
  const Attributes peruvianWomen{{"country", "Peru"}, {"sex", "female"}};
  const RelationCase cases[] = {
      {sampled("a", 10, {{"b", 10}}), sampled("b", 10, {{"a", 10}}), PopulationRelation::same},
      {sampled("a", 10, {{"b", 4}}), sampled("b", 4, {{"a", 4}}), PopulationRelation::contains},
      {sampled("a", 10, {{"b", 3}}), sampled("b", 4, {{"a", 3}}), PopulationRelation::overlapping},
      {sampled("a", 10), sampled("b", 4), PopulationRelation::separate},
      // Whatever their attributes say.
      {sampled("a", 10, {{"b", 4}}), sampled("b", 4), PopulationRelation::contains},
      {withAttributes("a", peru), withAttributes("b", peruvianWomen), PopulationRelation::contains},
      {withAttributes("a", peru), withAttributes("b", peru), PopulationRelation::same},
      {withAttributes("a", peru), withAttributes("b", {{"sex", "male"}}),
       PopulationRelation::overlapping},
      {withAttributes("a", peruvianWomen), withAttributes("b", {{"country", "Chile"}}),
       PopulationRelation::separate},
      {withAttributes("a", peru), withAttributes("b"), PopulationRelation::separate},
      {withAttributes("a"), withAttributes("b"), PopulationRelation::separate},
      {withAttributes("a"), withAttributes("a"), PopulationRelation::same},
  };
  for (const auto& [one, other, relation] : cases) {
    EXPECT_EQ(relationOf(one, other), relation);
    EXPECT_EQ(relationOf(other, one), turned(relation));
    EXPECT_EQ(shareRespondents(one, other), relation != PopulationRelation::separate);
  }
}

TEST(SharedRespondents, MakeFamiliesOfWhatVariesTogether) {
  Survey survey;
  // Two countries of many, half of each women; women are in all of them.
  survey.populations = {
      sampled("Peru", 100, {{"women of Peru", 50}, {"women", 50}}),
      sampled("Chile", 100, {{"women", 50}}),
      sampled("women", 5000, {{"Peru", 50}, {"Chile", 50}, {"women of Peru", 50}}),
      sampled("women of Peru", 50, {{"Peru", 50}, {"women", 50}}),
      withAttributes("Kenya", {{"country", "Kenya"}}),
      withAttributes("men of Kenya", {{"country", "Kenya"}, {"sex", "male"}}),
      withAttributes("men", {{"sex", "male"}})};
  EXPECT_THAT(familiesOf(survey), ElementsAre(0, 1, 2, 0, 4, 4, 4));
}

TEST(SharedRespondents, ConnectItemsOfOneQuestion) {
  Survey survey = test::gridSurvey(2, 3);
  survey.populations[0].attributes = {{"country", "Peru"}};
  survey.populations[1].attributes = {{"country", "Peru"}, {"sex", "female"}};
  const Survey train = selectItems(survey, {0, 3, 5});    // q0 p0, q1 p0, q1 p2
  const Survey heldOut = selectItems(survey, {1, 2, 4});  // q0 p1, q0 p2, q1 p1
  EXPECT_THAT(pairsSharingRespondents(train, heldOut), ElementsAre(Pair(0, 0), Pair(1, 2)));
  EXPECT_THAT(itemsSharingRespondents(train, heldOut), ElementsAre(0, 1));
  EXPECT_THAT(itemsSharingRespondents(heldOut, train), ElementsAre(0, 2));
}

}  // namespace
}  // namespace canvass
