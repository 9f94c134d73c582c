#include "designs/question_matches.h"

#include <cmath>

#include "base/random.h"
#include "designs/design_surveys.h"
#include "text/normal_text.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::surveyOf;
using test::yesNo;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<QuestionMatch> match(const std::string& first, const std::string& second,
                                 double similarity = usualSimilarity) {
  return matchQuestions(surveyOf({yesNo("a", first)}, {}), surveyOf({yesNo("b", second)}, {}),
                        similarity);
}

TEST(QuestionMatches, TellsKindsApart) {
  struct Case {
    const char* first;
    const char* second;
    MatchKind kind;
  };
  const Case cases[] = {
      {"How often do you drink tea?", "how often, do you  drink TEA", MatchKind::sameText},
      {"您多久喝一次茶？", "您多久喝一次茶", MatchKind::sameText},
      {"How often do you drink tea at home?", "How often do you drink tea at home these days?",
       MatchKind::nearDuplicate},
      {"Are you a member of a sports organization in your town?",
       "Are you a member of a sports organisation in your town?", MatchKind::nearDuplicate},
      {"How far do you trust each of these institutions? The police",
       "How far do you trust each of these institutions? The courts", MatchKind::sameBattery},
      {"请您告诉我，您多大程度上能接受此行为：“离婚”？",
       "请您告诉我，您多大程度上能接受此行为：“偷税”？", MatchKind::sameBattery},
  };
  for (const auto& [first, second, kind] : cases) {
    const auto matches = match(first, second);
    ASSERT_EQ(matches.size(), 1u) << first;
    EXPECT_EQ(matches[0].kind, kind) << first << " similarity " << matches[0].similarity;
    EXPECT_EQ(matches[0].similarity == 1.0, kind == MatchKind::sameText);
    ASSERT_EQ(match(second, first).size(), 1u);
    EXPECT_EQ(match(second, first)[0].kind, kind);
  }
}

TEST(QuestionMatches, SimilarityIsDicesCoefficientOfTrigrams) {
  // abc bcd cde def against bcd cde deg: two shared of four and three.
  EXPECT_DOUBLE_EQ(match("abc-def", "BCDEG", 0.5).at(0).similarity, 4.0 / 7.0);
  // A sequence that occurs twice counts once: aaa against aaa, aab.
  EXPECT_DOUBLE_EQ(match("aaaaa", "aaaab", 0.5).at(0).similarity, 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(match("茶和咖啡", "茶和咖啡豆", 0.5).at(0).similarity, 4.0 / 5.0);
  EXPECT_THAT(match("abc-def", "BCDEG", 0.6), IsEmpty());
  EXPECT_THAT(match("ab", "abc", 0.01), IsEmpty());
  EXPECT_EQ(match("ab", "A b", 1.0).size(), 1u);
}

TEST(QuestionMatches, QuestionsWithoutWordsMatchWhereTheyAreEqual) {
  const Survey first = surveyOf({yesNo("a", "?"), yesNo("b", ""), yesNo("c", "Tea?")}, {});
  Survey second = surveyOf({yesNo("b", ""), yesNo("a", "?"), yesNo("d", "?!")}, {});
  const auto matches = matchQuestions(first, second);
  ASSERT_EQ(matches.size(), 2u);
  EXPECT_EQ(matches[0].second, 1u);
  EXPECT_EQ(matches[1].second, 0u);
  second.questions[0].options[0].text = "Always";
  EXPECT_EQ(matchQuestions(first, second).size(), 1u);
}

TEST(QuestionMatches, RefusesASimilarityOutOfRange) {
  EXPECT_EQ(test::errorOf([] { match("a", "b", 0.0); }),
            "the similarity asked for is 0; give a number above 0 and up to 1");
  EXPECT_THAT(test::errorOf([] { match("a", "b", 1.01); }), HasSubstr("is 1.01"));
  EXPECT_THAT(test::errorOf([] { match("a", "b", std::nan("")); }), HasSubstr("nan"));
}

std::string randomText(RandomStream& random) {
  static const char* const words[] = {"tea", "trust", "the", "police", "您", "茶", "how", "much"};
  std::string text;
  for (std::uint64_t i = 2 + random.below(6); i > 0; --i) {
    text += words[random.below(8)];
    text += random.below(2) == 0 ? " " : ", ";
  }
  return text;
}

// Against the definition, pair by pair.
double similarityByDefinition(const std::string& first, const std::string& second) {
  const auto grams = [](const std::string& text) {
    const std::u32string letters = normalText(text).letters();
    std::set<std::u32string> all;
    for (std::size_t i = 0; i + 3 <= letters.size(); ++i) all.insert(letters.substr(i, 3));
    if (letters.size() < 3) all.insert(letters);
    return all;
  };
  const auto a = grams(first);
  const auto b = grams(second);
  double shared = 0;
  for (const auto& gram : a) shared += b.contains(gram);
  return 2 * shared / static_cast<double>(a.size() + b.size());
}

TEST(QuestionMatches, FindsEveryPairThatTheDefinitionFinds) {
  RandomStream random(1, "match property");
  for (int round = 0; round < 20; ++round) {
    std::vector<Question> first;
    std::vector<Question> second;
    for (int i = 0; i < 15; ++i) {
      first.push_back(yesNo("f" + std::to_string(i), randomText(random)));
      second.push_back(yesNo("s" + std::to_string(i), randomText(random)));
    }
    const auto matches = matchQuestions(surveyOf(first, {}), surveyOf(second, {}), 0.6);
    auto next = matches.begin();
    for (std::size_t i = 0; i < first.size(); ++i) {
      for (std::size_t j = 0; j < second.size(); ++j) {
        const double expected = similarityByDefinition(first[i].text, second[j].text);
        if (expected < 0.6) continue;
        ASSERT_NE(next, matches.end());
        EXPECT_EQ(std::pair(next->first, next->second), std::pair(i, j));
        EXPECT_DOUBLE_EQ(next->similarity, expected);
        ++next;
      }
    }
    EXPECT_EQ(next, matches.end());
  }
}

}  // namespace
}  // namespace canvass
