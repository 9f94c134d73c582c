#include "microdata/variable.h"

#include <limits>

#include "microdata/code_table.h"
#include "support/test_support.h"

namespace canvass {
namespace {

struct SpelledValue {
  const char* text;
  Value::Kind kind;
  double number;
  const char* code;
};

TEST(Value, IsWhatItsTextLooksLike) {
  using enum Value::Kind;
  const SpelledValue values[] = {
      {"1", number, 1, "1"},
      {" 1\t", number, 1, "1"},
      {"1.0", number, 1, "1"},
      {"+1", number, 1, "1"},
      {"1.", number, 1, "1"},
      {"-1", number, -1, "-1"},
      {"0", number, 0, "0"},
      {"0.5", number, 0.5, "0.5"},
      {".5", number, 0.5, "0.5"},
      {"01", number, 1, "01"},
      {"-01", number, -1, "-01"},
      {"00", number, 0, "00"},
      {"1.50", number, 1.5, "1.50"},
      {"1e3", number, 1000, "1e3"},
      {"DK", text, 0, "DK"},
      {" a b ", text, 0, "a b"},
      {"1,5", text, 0, "1,5"},
      {"+-1", text, 0, "+-1"},
      {"inf", text, 0, "inf"},
      {"-infinity", text, 0, "-infinity"},
      {"nan", text, 0, "nan"},
      {"1e999", text, 0, "1e999"},
      {"", missing, 0, ""},
      {"  ", missing, 0, ""},
      {"1234567890123456", number, 1234567890123456, "1234567890123456"},
      {"12345678901234567", number, 12345678901234568, "12345678901234567"},
  };
  for (const auto& [text, kind, number, code] : values) {
    const Value value = valueOf(text);
    EXPECT_EQ(value.kind, kind) << text;
    EXPECT_EQ(value.number, number) << text;
    EXPECT_EQ(codeText(value), code) << text;
  }
}

TEST(Value, OfANumberThatIsNotFiniteIsNobodysCode) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(codeText(valueOf(infinity)), "inf");
  EXPECT_EQ(codeText(valueOf(-infinity)), "-inf");
  EXPECT_EQ(valueOf(infinity).kind, Value::Kind::text);
  EXPECT_EQ(valueOf(std::numeric_limits<double>::quiet_NaN()).kind, Value::Kind::missing);
}

TEST(Variable, LabelsACodeByItsSpellingOrItsOnlyNumber) {
  Variable variable;
  variable.valueLabels = {{"01", "One"}, {"02", "Two"}, {"2", "Another two"}};
  EXPECT_EQ(variable.labelOf("01"), "One");
  EXPECT_EQ(variable.labelOf("1"), "One");
  EXPECT_EQ(variable.labelOf("2"), "Another two");
  EXPECT_EQ(variable.labelOf("002"), "");
  EXPECT_EQ(variable.labelOf("one"), "");
}

}  // namespace
}  // namespace canvass
