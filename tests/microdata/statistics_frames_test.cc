#include "microdata/readstat/statistics_frames.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

StatisticsContent sampleContent() {
  Variable trust;
  trust.name = "trust";
  trust.label = "Wie sehr vertrauen Sie?";
  trust.valueLabels = {{"1", "Völlig"}, {".a", ""}};
  trust.missingRanges = {{8, 9}};
  trust.isFileWeight = true;
  trust.measure = Measure::scale;
  Variable drink;
  drink.name = "drink";
  drink.isText = true;
  drink.missingTexts = {"zz"};
  return {{trust, drink}, 12, {{"$drinks", "Was trinken Sie?", "1", {"tea", "coffee"}}}};
}

TEST(StatisticsFrames, KeepWhatAFileSaysOfItself) {
  const StatisticsContent content = variablesFromFrame(variablesFrame(sampleContent()));
  EXPECT_EQ(content.records, 12);
  ASSERT_EQ(content.variables.size(), 2u);
  const Variable& trust = content.variables[0];
  EXPECT_EQ(trust.name, "trust");
  EXPECT_EQ(trust.label, "Wie sehr vertrauen Sie?");
  EXPECT_EQ(trust.valueLabels, sampleContent().variables[0].valueLabels);
  EXPECT_EQ(trust.missingRanges, sampleContent().variables[0].missingRanges);
  EXPECT_TRUE(trust.isFileWeight);
  EXPECT_FALSE(trust.isText);
  EXPECT_EQ(trust.measure, Measure::scale);
  EXPECT_EQ(content.responseSets, sampleContent().responseSets);
  EXPECT_TRUE(content.variables[1].isText);
  EXPECT_EQ(content.variables[1].missingTexts, sampleContent().variables[1].missingTexts);
}

TEST(StatisticsFrames, KeepTheValuesOfARecord) {
  const std::vector<Value> values = {
      valueOf("-1.5"), valueOf("north"), valueOf(""), {Value::Kind::missing, 0.0, ".a"}};
  const std::string frame = recordFrame(values);
  std::vector<Value> read(values.size());
  recordFromFrame(frame, read);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(read[i].kind, values[i].kind);
    EXPECT_EQ(codeText(read[i]), codeText(values[i]));
  }
}

TEST(StatisticsFrames, KeepThePartsOfAnError) {
  const std::string frame = errorFrame(Error("it is empty", "here", "fill it"));
  try {
    variablesFromFrame(frame);
    FAIL() << "an error passes for variables";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), "it is empty");
    EXPECT_EQ(error.where(), "here");
    EXPECT_EQ(error.remedy(), "fill it");
  }
}

TEST(StatisticsFrames, AreAnErrorIfTheyAreDamaged) {
  const std::string whole = variablesFrame(sampleContent());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THAT(test::errorOf([&] { variablesFromFrame(whole.substr(0, length)); }),
                HasSubstr("the file is damaged: its reader sent unreadable data"));
  }
  std::vector<Value> two(2);
  EXPECT_THAT(test::errorOf([&] { recordFromFrame(recordFrame({valueOf("1")}), two); }),
              HasSubstr("unreadable data"));
  EXPECT_THAT(test::errorOf([&] { recordFromFrame("r\7", two); }), HasSubstr("unreadable data"));
  EXPECT_THAT(test::errorOf([&] { recordFromFrame(whole, two); }),
              HasSubstr("something other than what was asked for"));
}

TEST(StatisticsFormats, HaveNames) {
  for (const auto format :
       {StatisticsFormat::spssSystem, StatisticsFormat::spssPortable, StatisticsFormat::stata,
        StatisticsFormat::sas, StatisticsFormat::sasTransport}) {
    EXPECT_EQ(parseFormat(formatName(format)), format);
  }
  EXPECT_THAT(test::errorOf([] { parseFormat("odt"); }), HasSubstr("there is no format \"odt\""));
}

}  // namespace
}  // namespace canvass
