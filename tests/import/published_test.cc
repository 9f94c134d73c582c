// What the formats of published distributions share: options on a scale, and groups in words.
#include <set>

#include "base/file.h"
#include "import/published/no_answer.h"
#include "import/published/options.h"
#include "import/published/panel_groups.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Placed {
  std::vector<std::string> texts;
  std::vector<double> places;
  Scale scale;
  std::vector<std::string> arranged;
  std::vector<std::size_t> order;
};

TEST(PlacedOptions, HaveTheScaleThatTheirPlacesShow) {
  for (const auto& [texts, places, scale, arranged, order] : {
           Placed{{"a", "b", "c"}, {1, 2, 3}, Scale::ordinal, {"a", "b", "c"}, {0, 1, 2}},
           Placed{{"a", "b", "c"}, {3, 2, 1}, Scale::ordinal, {"a", "b", "c"}, {0, 1, 2}},
           Placed{{"up", "down", "same"},
                  {1, 2, 1.5},
                  Scale::ordinal,
                  {"up", "same", "down"},
                  {0, 2, 1}},
           Placed{{"a", "b", "c"}, {1, 1, 1}, Scale::nominal, {"a", "b", "c"}, {0, 1, 2}},
           Placed{{"a", "b", "c"}, {2, 1, 2}, Scale::nominal, {"a", "b", "c"}, {0, 1, 2}},
           Placed{{"a", "b", "it depends"},
                  {1, 2, -1},
                  Scale::nominal,
                  {"a", "b", "it depends"},
                  {0, 1, 2}},
       }) {
    const PlacedOptions placed = placeOptions(texts, places);
    EXPECT_EQ(placed.scale, scale);
    EXPECT_EQ(placed.order, order);
    EXPECT_EQ(placed.isRearranged, arranged != texts);
    for (std::size_t k = 0; k < arranged.size(); ++k) {
      EXPECT_EQ(placed.options[k].text, arranged[k]);
      EXPECT_EQ(placed.options[k].label, std::string(1, static_cast<char>('A' + k)));
      EXPECT_EQ(placed.options[k].value.has_value(), scale == Scale::ordinal);
    }
  }
  EXPECT_THAT(placeOptions({"up", "down", "same"}, {1, 2, 1.5}).options[1].value,
              testing::Optional(1.5));
  EXPECT_EQ(test::errorOf([] {
              placeOptions({"a", "b"}, {1});
            }),
            "there are 2 options, but positions on a scale for 1");
  EXPECT_EQ(test::errorOf([] { labeledOptions(std::vector<std::string>(201, "a")); }),
            "there are 201 options, but there can be at most 200");
}

TEST(PanelGroups, HaveWords) {
  const Population women = panelPopulation({{"SEX", "Female"}});
  EXPECT_EQ(women, (Population{"SEX = Female",
                               "SEX = Female",
                               "someone in the United States who is female",
                               {{"SEX", "Female"}}}));
  EXPECT_EQ(panelPopulation({{"SEX", "Male"}, {"RACE", "Black"}}).phrase,
            "someone in the United States who is Black and is male");
  EXPECT_EQ(panelPopulation({{"AGE", "Gen Z"}}).phrase,
            "someone in the United States who belongs to the group \"Gen Z\" (AGE)");
  EXPECT_EQ(panelPopulation({{"country", "Japan"}}).phrase, "someone from Japan");
  EXPECT_EQ(panelPopulation({{"country", "Japan"}, {"SEX", "Male"}}).phrase,
            "someone from Japan who is male");
}

TEST(PanelGroups, AreEachThereOnce) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const PanelGroup& one : panelGroups()) {
    EXPECT_TRUE(seen.emplace(one.attribute, one.group).second) << one.attribute << one.group;
  }
}

// The page lists every group with its words.
TEST(PanelGroups, AreDocumented) {
  const std::string page = readFile(test::sourceFolder() / "docs" / "data.md");
  for (const PanelGroup& one : panelGroups()) {
    EXPECT_THAT(page, HasSubstr("| " + std::string(one.attribute) + " | " + std::string(one.group) +
                                " | " + std::string(one.words) + " |"));
  }
}

TEST(NoAnswer, IsToldByItsWords) {
  for (const char* text : {"DK/Refused", "\"Dont know\"", "No answer", "拒绝回答"}) {
    EXPECT_TRUE(isNoAnswer(text)) << text;
  }
  EXPECT_FALSE(isNoAnswer("No"));
  EXPECT_TRUE(isDontKnow("Don't know"));
  EXPECT_FALSE(isDontKnow("Refused"));
}

}  // namespace
}  // namespace canvass
