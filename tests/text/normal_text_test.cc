#include "text/normal_text.h"

#include "support/test_support.h"

namespace canvass {
namespace {

TEST(NormalText, FoldsWhatDoesNotChangeTheMeaning) {
  const std::pair<const char*, const char*> equal[] = {
      {"How happy are you?", "how  happy\tare you"},
      {"well-being", "Well being"},
      {"\"Trust\" — others…", "trust others"},
      {"Straße", "STRASSE"},
      {"Cafe\u0301", "CAF\u00c9"},
      {"ＡＢＣ１２", "abc12"},
      {"您是否信仰佛祖/上帝？", "您是否信仰 佛祖、上帝"},
      {"soft\u00adhyphen", "softhyphen"},
      {"ΣΊΣΥΦΟΣ", "σίσυφος"},
  };
  for (const auto& [first, second] : equal) {
    EXPECT_EQ(normalText(first).letters(), normalText(second).letters()) << first;
    EXPECT_FALSE(normalText(first).letters().empty());
  }
}

TEST(NormalText, KeepsWhatDoes) {
  const std::pair<const char*, const char*> different[] = {
      {"a < b", "a > b"}, {"10 $", "10 €"}, {"resume", "résumé"}, {"自杀", "死刑"}, {"1", "2"}};
  for (const auto& [first, second] : different) {
    EXPECT_NE(normalText(first).letters(), normalText(second).letters()) << first;
  }
}

TEST(NormalText, PartsWords) {
  EXPECT_EQ(normalText("Well-being, at 7.").words,
            (std::vector<std::u32string>{U"well", U"being", U"at", U"7"}));
  EXPECT_EQ(normalText("喝tea吗？").words, (std::vector<std::u32string>{U"喝", U"tea", U"吗"}));
  EXPECT_TRUE(normalText(" ?! \n").words.empty());
}

TEST(NormalText, RefusesWhatIsNotUtf8) {
  EXPECT_EQ(test::errorOf([] { normalText("caf\xe9"); }),
            "a text to compare is not UTF-8; save the survey as UTF-8");
}

}  // namespace
}  // namespace canvass
