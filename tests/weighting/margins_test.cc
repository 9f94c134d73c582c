#include "weighting/margins.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

void expectSame(const Margins& margins) {
  ASSERT_EQ(margins.margins.size(), 2u);
  EXPECT_EQ(margins.margins[0].name(), "sex");
  EXPECT_EQ(margins.margins[1].name(), "age x region");
  EXPECT_FALSE(margins.areCounts);
  EXPECT_DOUBLE_EQ(margins.margins[0].cells[1].amount, 0.51);
  EXPECT_EQ(cellName(margins.margins[1], margins.margins[1].cells[0]), "age x region: old, north");
  EXPECT_DOUBLE_EQ(margins.margins[1].sum(), 1.0);
}

TEST(Margins, OfCsvAndTomlAreTheSame) {
  expectSame(
      parseMarginsCsv("sex,age,region,percent\nmale,,,49\nfemale,,,51\n,old,north,30\n"
                      ",old,south,10\n,young,north,30\n,young,south,30\n",
                      "m.csv"));
  expectSame(parseMarginsToml(R"(unit = "share"
[margins.sex]
male = 0.49
female = 0.51
[[cells]]
region = "north"
age = "old"
amount = 0.3
[[cells]]
age = "old"
region = "south"
amount = 0.1
[[cells]]
age = "young"
region = "north"
amount = 0.3
[[cells]]
age = "young"
region = "south"
amount = 0.3
)",
                              "m.toml"));
}

TEST(Margins, SayWhatIsWrong) {
  const struct {
    const char* csv;
    const char* error;
  } cases[] = {
      {"", "m.csv: the file is empty"},
      {"sex,n\nmale,1\n",
       "m.csv:1: no column is called share, percent or count; name the column "
       "of the amounts so"},
      {"sex,share\n", "m.csv: there is no margin in the file"},
      {"sex,share\nmale,x\n", "m.csv:2: the amount \"x\" is not a number"},
      {"sex,share\nmale,-0.5\n", "m.csv:2: the amount -0.5 is negative or not finite"},
      {"sex,share\n,0.5\n", "m.csv:2: the cell has no value of any attribute"},
      {"sex,share\nmale,0.5\nmale,0.5\n", "m.csv:3: the cell sex: male is already at m.csv:2"},
      {"sex,percent\nmale,40\nfemale,50\n",
       "m.csv: the amounts of sex sum to 90 instead of 100; list all values, or call the amounts "
       "counts"},
      {"sex,share\nmale,0.5,1\n", "m.csv:2: the line has 3 fields instead of 2"},
  };
  for (const auto& [csv, error] : cases) {
    EXPECT_EQ(errorOf([&] { parseMarginsCsv(csv, "m.csv"); }), error);
  }
  EXPECT_EQ(errorOf([] { parseMarginsToml("unit = \"persons\"", "m.toml"); }),
            "m.toml:1:8: unit must be \"share\", \"percent\" or \"count\"");
  EXPECT_EQ(
      errorOf([] { parseMarginsToml("unit = \"count\"\n[[cells]]\nsex = \"male\"", "m.toml"); }),
      "m.toml:2:1: the cell has no amount");
}

}  // namespace
}  // namespace canvass
