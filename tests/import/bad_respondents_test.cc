// Respondents' files that are damaged, hostile or odd: each is read, or a clear error, or what it
// has that cannot be used is counted and named.
#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "import/import.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

// What is to come of a file.
enum class Outcome {
  isRead,     // `says`: in the texts of questions, populations and notes, or empty
  isRefused,  // `says`: in the error, whether or not bad records are to be skipped
  isSkipped   // `says`: in the error; with bad records skipped in what is left out
};

struct OddFile {
  const char* name;
  std::string format;
  std::string content;
  std::string mapping;
  Outcome outcome;
  std::string says;

  friend void PrintTo(const OddFile& one, std::ostream* out) { *out << one.name; }
};

std::string goldenBytes(const std::string& name) {
  return readFile(test::sourceFolder() / "tests" / "microdata" / "golden" / name);
}

const std::string plain = R"(
[survey]
language = "en"
[missing]
not_asked = [""]
[attributes.land]
variable = "land"
[[populations]]
by = ["land"]
phrase = "someone from {land}"
minimum = 1
[[questions]]
variable = "q"
text = "Tea?"
scale = "ordinal"
options = [{ code = 1, text = "yes" }, { code = 2, text = "no" }]
)";

std::string with(const std::string& added) { return added + plain; }
const std::string weighted = with("[design]\nweight = \"w\"\n");

std::string utf16(std::string_view text, bool isBigEndian) {
  std::string wide;
  for (const char c : text) {
    wide += isBigEndian ? std::string{'\0', c} : std::string{c, '\0'};
  }
  return wide;
}

std::string wideTable(std::size_t columns) {
  std::string header = "land,q";
  std::string row = "Peru,1";
  for (std::size_t i = 0; i < columns; ++i) {
    header += fmt::format(",v{}", i);
    row += ",1";
  }
  return header + "\n" + row + "\n" + row + "\n";
}

std::string wideMapping(std::size_t questions) {
  std::string mapping = plain;
  for (std::size_t i = 0; i < questions; ++i) {
    mapping += fmt::format(
        "[[questions]]\nvariable = \"v{}\"\ntext = \"?\"\nscale = \"nominal\"\n"
        "options = [{{ code = 1, text = \"yes\" }}, {{ code = 2, text = \"no\" }}]\n",
        i);
  }
  return mapping;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  text.replace(text.find(what), what.size(), by);
  return text;
}

const std::string longLabel(10'000, 'x');
const std::string trust =
    "[survey]\nlanguage = \"de\"\n[[populations]]\nby = []\nname = \"all\"\nphrase = \"someone\"\n"
    "minimum = 1\n[[questions]]\nvariable = \"trust\"\nscale = \"ordinal\"\n"
    "dont_know = [8, \".d\"]\nrefused = [9, \".r\"]\nnot_asked = [-1, \"\"]\n";

std::vector<OddFile> oddFiles() {
  using enum Outcome;
  const std::string text = "land,q\nPeru,1\nPeru,2\n";
  const std::string sav = goldenBytes("tea.sav");
  const std::string dta = goldenBytes("tea.dta");
  return {
      // Encodings.
      {"Latin1", "csv", "land,q\nPer\xFA,1\n", plain, isRefused,
       "odd:2: the text is not UTF-8 at byte 3 of the field; name its encoding in the mapping: "
       "[file] encoding = \"windows-1252\""},
      {"Latin1Named", "csv", "land,q\nPer\xFA,1\n", with("[file]\nencoding = \"latin1\"\n"), isRead,
       "someone from Perú"},
      {"Latin1InTheHeader", "csv", "land,q,\xE4\nPeru,1,1\n", plain, isRefused,
       "odd:1: the text is not UTF-8"},
      {"Latin1WhereNobodyLooks", "csv", "land,q,x\nPeru,1,\xE4\n", plain, isRead, ""},
      {"Windows1252", "csv", "land,q\n\x80uroland,1\n",
       with("[file]\nencoding = \"windows-1252\"\n"), isRead, "someone from €uroland"},
      {"Windows1252Undefined", "csv", "land,q\n\x81,1\n",
       with("[file]\nencoding = \"windows-1252\"\n"), isRefused,
       "odd:2: the text is not windows-1252 at byte 0"},
      {"NoSuchEncoding", "csv", text, with("[file]\nencoding = \"klingon\"\n"), isRefused,
       "there is no encoding \"klingon\""},
      {"Utf8Mark", "csv", "\xEF\xBB\xBF" + text, plain, isRead, "someone from Peru"},
      {"Utf16LittleWithMark", "csv", "\xFF\xFE" + utf16(text, false), plain, isRead,
       "someone from Peru"},
      {"Utf16BigWithMark", "csv", "\xFE\xFF" + utf16(text, true), plain, isRead,
       "someone from Peru"},
      {"Utf16Little", "csv", utf16(text, false), plain, isRead, "someone from Peru"},
      {"Utf16Big", "csv", utf16(text, true), plain, isRead, "someone from Peru"},
      // Records.
      {"Utf16AndMore", "csv", "\xFF\xFE" + utf16(text, false) + "x", plain, isRefused,
       "odd: the text is not utf-16le at byte"},
      {"Utf16Halved", "csv", "\xFF\xFE" + utf16("land,q\n", false) + "\x3D\xD8,", plain, isRefused,
       "odd: the text is not utf-16le at byte"},
      {"MarkAgainstMapping", "csv", "\xEF\xBB\xBF" + text,
       with("[file]\nencoding = \"windows-1252\"\n"), isRefused,
       "odd: the file's first bytes show that it is in utf-8, not in windows-1252"},
      {"Empty", "csv", "", plain, isRefused, "odd: the file is empty"},
      {"OnlyAHeader", "csv", "land,q\n", plain, isRefused, "there are no respondents in the files"},
      {"TooFewFields", "csv", "land,q\nPeru,1\nPeru\n", plain, isRefused,
       "odd:3: the record has 1 field, but the header has 2"},
      {"TooManyFields", "csv", "land,q\nPeru,1,2\n", plain, isRefused,
       "odd:2: the record has 3 fields, but the header has 2; a field with a comma in it must"},
      {"CutOff", "csv", "land,q\nPeru,1\nPe", plain, isRefused,
       "odd:3: the record has 1 field, but the header has 2; the file ends here without a newline"},
      {"QuotedLineEnds", "csv", "land,q\n\"Pe\nru\",1\r\n\"Pe\r\nru\",2\n", plain, isRead,
       "someone from Pe\nru"},
      {"FaultAfterQuotedLineEnds", "csv", "land,q\n\"Pe\n\nru\",1\nPeru,3\n", plain, isSkipped,
       "odd:5: question \"q\": code \"3\" is not one of its options"},
      {"QuoteThatIsNotClosed", "csv", "land,q\nPeru,1\n\"Peru,1\nPeru,2\n", plain, isRefused,
       "odd:3: a double quote is not closed"},
      {"ZeroByte", "csv", std::string("land,q\nPe\0ru,1\n", 15), plain, isRefused,
       "odd:2: there is a zero byte"},
      {"BinaryFile", "csv", sav, plain, isRefused, "odd:1: "},
      // Sizes.
      {"TenThousandColumns", "csv", wideTable(10'000), plain, isRead, "2 respondents read"},
      {"TenThousandQuestions", "csv", wideTable(10'000), wideMapping(10'000), isRead,
       "2 respondents read"},
      {"LongLabelOfAnOption", "csv", text, replaced(plain, "\"yes\"", "\"" + longLabel + "\""),
       isRead, longLabel},
      {"LongValueOfAnAttribute", "csv", "land,q\n" + longLabel + ",1\n", plain, isRead,
       "someone from " + longLabel},
      {"LongCode", "csv", "land,q\nPeru,1\nPeru," + longLabel + "\n", plain, isSkipped,
       "code \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\" is not one of its "
       "options"},
      {"ManyValuesOfAnAttribute", "csv",
       [] {
         std::string rows = "land,q\n";
         for (int i = 0; i < 1001; ++i) rows += fmt::format("land {},1\n", i);
         return rows;
       }(),
       plain, isRefused, "odd:1002: attribute \"land\" has more than 1000 values"},
      // Weights.
      {"WeightsOfOne", "csv", "land,q,w\nPeru,1,1\nPeru,2,1\n", weighted, isRead, ""},
      {"NegativeWeight", "csv", "land,q,w\nPeru,1,1\nPeru,2,-1\n", weighted, isSkipped,
       "odd:3: the weight is negative: -1"},
      {"NoWeight", "csv", "land,q,w\nPeru,1,1\nPeru,2,\n", weighted, isSkipped,
       "odd:3: the weight is missing"},
      {"WeightInWords", "csv", "land,q,w\nPeru,1,1\nPeru,2,heavy\n", weighted, isSkipped,
       "odd:3: the weight is code \"heavy\", not a number"},
      {"EndlessWeight", "csv", "land,q,w\nPeru,1,1\nPeru,2,inf\n", weighted, isSkipped,
       "odd:3: the weight is code \"inf\", not a number"},
      {"OverflowingWeight", "csv", "land,q,w\nPeru,1,1\nPeru,2,1e308\n", weighted, isSkipped,
       "odd:3: the weight is too large: 1e308"},
      {"WeightsOfZero", "csv", "land,q,w\nPeru,1,0\nPeru,2,0\n", weighted, isRefused,
       "1 item left out because everyone who answered has weight 0: q of Peru (0)"},
      {"OneWeightOfZero", "csv", "land,q,w\nPeru,1,0\nPeru,2,3\n", weighted, isRead, ""},
      // Questions and populations.
      {"Constant", "csv", "land,q\nPeru,1\nPeru,1\n", plain, isRead, ""},
      {"SingleOption", "csv", text, replaced(plain, ", { code = 2, text = \"no\" }", ""), isRefused,
       "there are fewer than two options"},
      {"OneRespondent", "csv", "land,q\nPeru,1\n", plain, isRead, "1 respondent read"},
      {"NobodyAnswered", "csv", "land,q\nPeru,\n", plain, isRefused,
       "no question has enough answers in any population"},
      // Files of packages.
      {"SavCutOff", "spss", sav.substr(0, sav.size() / 2), trust, isRefused,
       "the file ends before its content does"},
      {"SavHeaderOnly", "spss", sav.substr(0, 176), trust, isRefused, "odd: "},
      {"SavOfZeros", "spss", "$FL2" + std::string(5000, '\0'), trust, isRefused, "odd: "},
      {"SavThatClaimsTooMuch", "spss",
       [&sav] {
         std::string hostile = sav;
         hostile.replace(80, 4, "\xFF\xFF\xFF\x3F");  // records
         return hostile;
       }(),
       trust, isRefused, "odd, record 400: the file ends before its content does"},
      {"DtaCutOff", "stata", dta.substr(0, dta.size() / 2), trust, isRefused, "odd: "},
      {"DtaHeaderOnly", "stata", dta.substr(0, 60), trust, isRefused, "odd: "},
      {"CsvAsSav", "spss", text, trust, isRefused, "odd: this is not an SPSS file"},
  };
}

class OddRespondents : public ::testing::TestWithParam<OddFile> {
 protected:
  ImportResult import(bool skipInvalid) const {
    ImportOptions options;
    options.skipInvalid = skipInvalid;
    options.mapping = folder_.write("m.toml", GetParam().mapping);
    return findImporter(GetParam().format).run({folder_.write("odd", GetParam().content)}, options);
  }

  test::TemporaryFolder folder_;
};

// All that a person would see of an import.
std::string visible(const ImportResult& result) {
  std::string text;
  for (const Question& question : result.survey.questions) {
    for (const Option& option : question.options) text += option.text + "\n";
  }
  for (const Population& one : result.survey.populations) text += one.phrase + "\n";
  for (const std::string& note : result.notes) text += note + "\n";
  return text;
}

TEST_P(OddRespondents, AreReadRefusedOrNamed) {
  const OddFile& file = GetParam();
  if (file.outcome != Outcome::isRead) {
    EXPECT_THAT(test::errorOf([&] { import(false); }), HasSubstr(file.says));
  }
  if (file.outcome == Outcome::isRefused) {
    EXPECT_THAT(test::errorOf([&] { import(true); }), HasSubstr(file.says));
    return;
  }
  const ImportResult result = import(true);
  EXPECT_FALSE(result.survey.items.empty());
  if (file.outcome == Outcome::isRead) {
    EXPECT_TRUE(result.skipped.empty());
    EXPECT_THAT(visible(result), HasSubstr(file.says));
  } else {
    ASSERT_EQ(result.skipped.size(), 1u);
    const std::string place = file.says.substr(0, file.says.find(": ") + 2);
    const std::string reason =
        place.starts_with("odd:") ? file.says.substr(place.size()) : file.says;
    EXPECT_EQ(result.skipped[0].record, 2u);
    EXPECT_THAT(result.skipped[0].reason, HasSubstr(reason));
  }
}

INSTANTIATE_TEST_SUITE_P(Files, OddRespondents, ::testing::ValuesIn(oddFiles()),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace canvass
