#include "report/terminal/column_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "report/lines.h"

namespace canvass {
namespace {

using test::linesOf;
using testing::ElementsAre;

std::size_t columnsIn(const std::vector<ColumnBlock>& blocks) {
  return std::accumulate(
      blocks.begin(), blocks.end(), std::size_t{0},
      [](std::size_t sum, const ColumnBlock& block) { return sum + block.widths.size(); });
}

TEST(ColumnLayout, EveryColumnStandsInOneBlockThatFits) {
  const std::vector<std::string> titles = {"paper",       "question-first",      "uniform",
                                           "best-linear", "nearest populations", "a b"};
  for (const std::size_t room : {20U, 30U, 45U, 80U, 200U}) {
    SCOPED_TRACE(room);
    const std::vector<ColumnBlock> blocks = columnBlocks(titles, room);
    EXPECT_EQ(columnsIn(blocks), titles.size());
    std::size_t next = 0;
    for (const ColumnBlock& block : blocks) {
      EXPECT_EQ(block.first, next);
      EXPECT_LE(block.width(), room);
      next += block.widths.size();
    }
  }
}

TEST(ColumnLayout, AColumnWiderThanTheRoomIsShownAllTheSame) {
  const std::vector<std::string> titles = {"model", "representativeness"};
  const std::vector<ColumnBlock> blocks = columnBlocks(titles, 5);
  ASSERT_EQ(blocks.size(), 2);
  EXPECT_EQ(columnsIn(blocks), 2);
}

TEST(ColumnLayout, TitlesBreakAtSpacesAndHyphensNotInsideWords) {
  const std::vector<std::string> titles = {"best-linear", "nearest populations"};
  const std::vector<ColumnBlock> blocks = columnBlocks(titles, 21);
  ASSERT_EQ(blocks.size(), 1);
  const std::string header =
      headerOf(blocks.front(), titles, {"figure", 8, "items", 7}, {.ascii = true});
  EXPECT_THAT(linesOf(header),
              ElementsAre("           best-      nearest", "figure    linear  populations  items"));
}

TEST(ColumnLayout, TakesTitlesOfMegabytes) {
  const std::vector<std::string> titles = {std::string(20'000'000, 'a'), "b"};
  const std::vector<ColumnBlock> blocks = columnBlocks(titles, 80);
  EXPECT_EQ(columnsIn(blocks), titles.size());
  EXPECT_LE(blocks[0].width(), 80U);
  EXPECT_GT(headerOf(blocks[0], titles, {}, {}).size(), 20'000'000U);
}

}  // namespace
}  // namespace canvass
