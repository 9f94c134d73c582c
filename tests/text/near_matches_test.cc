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

// Of names that nobody typed: they end at once, however long and many.
TEST(NearMatches, DoesNotCompareLongNames) {
  const std::vector<std::string> candidates(1000, std::string(1'000'000, 'a'));
  EXPECT_THAT(nearMatches(std::string(1'000'001, 'a'), candidates), IsEmpty());
  EXPECT_THAT(nearMatches(std::string(101, 'a'), {std::string(100, 'a')}), IsEmpty());
  EXPECT_THAT(nearMatches(std::string(100, 'a'), {std::string(99, 'a') + "b"}),
              ElementsAre(std::string(99, 'a') + "b"));
  EXPECT_THAT(nearMatches("aa", {std::string(1000, 'a')}), ElementsAre(std::string(1000, 'a')));
}

TEST(NearMatches, IsSureBeforeTheEndOfTheNames) {
  EXPECT_THAT(nearMatches("bcdefghijkla", {"abcdefghijkl"}), ElementsAre("abcdefghijkl"));
  EXPECT_THAT(nearMatches("zzzzefghijkl", {"abcdefghijkl"}), ElementsAre("abcdefghijkl"));
  EXPECT_THAT(nearMatches("zzzzzfghijkl", {"abcdefghijkl"}), IsEmpty());
  EXPECT_THAT(nearMatches("badc", {"abcd"}), IsEmpty());
  EXPECT_THAT(nearMatches("badcef", {"abcdef"}), ElementsAre("abcdef"));
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
