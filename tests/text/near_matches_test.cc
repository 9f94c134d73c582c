#include "text/near_matches.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> countries{"Japan", "Jordan", "South Korea", "Germany", "Peru"};

TEST(NearMatches, FindsMisspeltAndPartialNames) {
  EXPECT_THAT(nearMatches("japan", countries), ElementsAre("Japan"));
  EXPECT_THAT(nearMatches("Jordn", countries), ElementsAre("Jordan"));
  EXPECT_THAT(nearMatches("korea", countries), ElementsAre("South Korea"));
  EXPECT_THAT(nearMatches("Gremany", countries), ElementsAre("Germany"));
  EXPECT_THAT(nearMatches("Mars", countries), IsEmpty());
  EXPECT_THAT(nearMatches("", countries), IsEmpty());
}

TEST(NearMatches, CountsSwappedLettersAsOneSlip) {
  const std::vector<std::string> keys{"scale", "topic", "text", "of"};
  EXPECT_THAT(nearMatches("scael", keys), ElementsAre("scale"));
  EXPECT_THAT(nearMatches("txet", keys), ElementsAre("text"));
  EXPECT_THAT(nearMatches("fo", keys), ElementsAre("of"));
  EXPECT_THAT(nearMatches("leacs", keys), IsEmpty());
  // Swapped and then edited in the same place is two slips, and one of them too many.
  EXPECT_THAT(nearMatches("ca", {"abc"}), IsEmpty());
}

TEST(NearMatches, PutsTheNearestFirstAndKeepsToItsLimit) {
  EXPECT_THAT(nearMatches("q11", {"q21", "q1", "q11x", "q112", "q11"}, 2),
              ElementsAre("q11", "q1"));
}

TEST(Suggestion, SaysWhatThereIs) {
  EXPECT_EQ(suggestion("Japon", countries), "did you mean \"Japan\"?");
  EXPECT_EQ(suggestion("Mars", countries), "there are 5, such as \"Japan\"");
  EXPECT_EQ(suggestion("Mars", {}), "there are none");
}

TEST(Suggestion, NamesFewCandidates) {
  EXPECT_EQ(choiceOf("cvs", {"csv", "simllm"}), "did you mean \"csv\"?");
  EXPECT_EQ(choiceOf("excel", {"csv", "simllm"}), "choose one of csv, simllm");
}

}  // namespace
}  // namespace canvass
