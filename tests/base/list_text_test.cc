#include "base/list_text.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= count; ++i) names.push_back("n" + std::to_string(i));
  return names;
}

TEST(ListText, ListsTheFirstAndCountsTheOthers) {
  EXPECT_EQ(listText({}), "");
  EXPECT_EQ(listText(numbered(1)), "n1");
  EXPECT_EQ(listText(numbered(3)), "n1; n2; n3");
  EXPECT_THAT(listText(numbered(namesToList)), EndsWith("; n20"));
  const std::string more = listText(numbered(namesToList + 3));
  EXPECT_THAT(more, StartsWith("n1; n2; "));
  EXPECT_THAT(more, EndsWith("; n20; and 3 more"));
  EXPECT_THAT(more, Not(HasSubstr("n21")));
}

TEST(Quantity, GroupsDigitsAndAgrees) {
  EXPECT_EQ(counted(1, "item"), "1 item");
  EXPECT_EQ(counted(0, "item"), "0 items");
  EXPECT_EQ(counted(12300, "respondent"), "12,300 respondents");
}

TEST(NoteList, CountsAndLists) {
  std::vector<std::string> notes;
  noteList({}, "question", "without an answer", notes);
  EXPECT_THAT(notes, IsEmpty());
  noteList({"q1", "q2"}, "question", "without an answer", notes);
  noteList({"q1"}, "question", "without an answer", notes);
  EXPECT_THAT(notes, ElementsAre("2 questions without an answer: q1; q2",
                                 "1 question without an answer: q1"));
}

TEST(NamesTyped, ReadAListThatAUserTyped) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"", {}},
      {"Peru", {"Peru"}},
      {"Peru,Kenya", {"Peru", "Kenya"}},
      {" Peru , South Korea ,", {"Peru", "South Korea"}},
      {"\"Korea, South\", Peru", {"Korea, South", "Peru"}},
      {"\"a \"\"b\"\", c\"", {"a \"b\", c"}},
      {"5\" screens,b", {"5\" screens", "b"}},
  };
  for (const auto& [list, names] : cases) EXPECT_EQ(namesTyped(list), names) << list;
}

TEST(NamesTyped, RefusesQuotesThatAreNotClosed) {
  EXPECT_THAT(test::errorOf([] { namesTyped("a,\"Korea, South"); }),
              HasSubstr("a quote is not closed"));
  EXPECT_THAT(test::errorOf([] { namesTyped("\"a\"b,c"); }),
              HasSubstr("a quote is followed by \"b,c\""));
}

}  // namespace
}  // namespace canvass
