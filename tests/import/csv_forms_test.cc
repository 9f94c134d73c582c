// CSV as the programs of institutes write it: each file is drafted, and imported by the draft as it
// stands. What the file shows by itself is detected; what it does not is an option of the draft.
#include <fmt/format.h>

#include "import/formats.h"
#include "import/import.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string timesOver(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string wideText(const std::string& ascii, bool isBigEndian) {
  std::string wide;
  for (const char c : ascii) {
    wide += isBigEndian ? std::string{'\0', c} : std::string{c, '\0'};
  }
  return wide;
}

// 60 respondents, two thirds of whose weight says yes.
const std::string tidyRows = "q,weight\n" + timesOver("yes,0.5\nyes,1.5\nno,1.0\n", 20);
const std::string semicolonRows = "q;weight\n" + timesOver("yes;0,50\nyes;1,50\nno;1,00\n", 20);
const std::string tabRows = "q\tweight\n" + timesOver("yes\t0.5\nyes\t1.5\nno\t1\n", 20);
const std::string qualtrics =
    "q,weight\n\"Do you drink\n  tea? - Selected Choice\",Weight\n"
    "\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"weight\"\"}\"\n" +
    timesOver("yes,0.5\nyes,1.5\nno,1.0\n", 20);

struct CsvAsWritten {
  const char* name;
  std::string bytes;
  ImportOptions options = {};
  std::string drafted = {};    // in the draft
  std::string fault = {};      // of drafting; empty: there is none
  std::string option = "yes";  // the text of one, in the survey

  friend void PrintTo(const CsvAsWritten& one, std::ostream* out) { *out << one.name; }
};

ImportOptions writtenAs(std::string encoding, std::string separator = {},
                        std::string decimal = {}) {
  ImportOptions options;
  options.encoding = std::move(encoding);
  options.separator = std::move(separator);
  options.decimalMark = std::move(decimal);
  return options;
}

const CsvAsWritten csvFiles[] = {
    {"Plain", tidyRows},
    {"ByteOrderMark", "\xEF\xBB\xBF" + tidyRows},
    {"Utf16", "\xFF\xFE" + wideText(tabRows, false), {}, "[file]\nseparator = \"\\u0009\"\n"},
    {"Utf16BigEndian", "\xFE\xFF" + wideText(tidyRows, true)},
    {"Utf16WithoutMark", wideText(tidyRows, false)},
    {"DecimalCommas", semicolonRows, {}, "[file]\nseparator = \";\"\ndecimal = \",\"\n"},
    {"QuotedDecimalCommas",
     "q,weight\n" + timesOver("yes,\"0,50\"\nyes,\"1,50\"\nno,\"1,00\"\n", 20),
     {},
     "[file]\ndecimal = \",\"\n"},
    {"ExcelsFirstLine", "sep=;\r\n" + semicolonRows, {}, "separator = \";\""},
    {"Qualtrics", qualtrics, {}, "text = \"Do you drink tea? - Selected Choice\""},
    {"QualtricsWithMark", "\xEF\xBB\xBF" + qualtrics, {}, "text = \"Do you drink tea?"},
    {"Latin1",
     "q,weight\n" + timesOver("s\xED,0.5\ns\xED,1.5\nno,1\n", 20),
     writtenAs("iso-8859-1"),
     "[file]\nencoding = \"iso-8859-1\"\n",
     {},
     "sí"},
    {"Latin1Unsaid",
     "q,weight\ns\xED,1\n",
     {},
     {},
     ":2: the text is not UTF-8 at byte 1 of the field; name its encoding in the mapping: [file] "
     "encoding = \"windows-1252\"; or, for a draft of one, with --encoding windows-1252"},
    {"Separator", "q~weight\n" + timesOver("yes~0.5\nyes~1.5\nno~1\n", 20), writtenAs({}, "~"),
     "[file]\nseparator = \"~\"\n"},
    {"SeparatorOfTwo",
     tidyRows,
     writtenAs({}, "::"),
     {},
     "the separator \"::\" is not a single character"},
    {"Tab", tabRows, writtenAs({}, "tab"), "separator = \"\\u0009\""},
    {"UnclearSeparator",
     "q;weight,a\n",
     {},
     {},
     "the first line does not show what separates the columns; name it in the mapping"},
    {"Decimal", "q;weight\n" + timesOver("yes;0,5\nyes;1,5\nno;1,0\n", 20), writtenAs({}, {}, ","),
     "decimal = \",\""},
    {"NoSuchDecimal", tidyRows, writtenAs({}, {}, ";"), {}, "the decimal mark is \";\""},
};

class CsvForms : public ::testing::TestWithParam<CsvAsWritten> {};

TEST_P(CsvForms, AreDraftedAndRead) {
  const CsvAsWritten& file = GetParam();
  const test::TemporaryFolder folder;
  const auto path = folder.write("answers.csv", file.bytes);
  const Importer& importer = findImporter("csv");
  if (!file.fault.empty()) {
    EXPECT_THAT(test::errorOf([&] { importer.draft({path}, file.options); }),
                HasSubstr(file.fault));
    return;
  }
  const std::string draft = importer.draft({path}, file.options).text;
  EXPECT_THAT(draft, HasSubstr(file.drafted));
  ImportOptions options;
  options.mapping = folder.write("draft.toml", draft);
  const Survey survey = importer.run({path}, options).survey;
  ASSERT_EQ(survey.items.size(), 1u) << draft;
  EXPECT_EQ(survey.items[0].respondents, 60);
  const auto& choices = survey.questions[0].options;
  const auto yes = std::ranges::find(choices, file.option, &Option::text) - choices.begin();
  ASSERT_LT(yes, 2);
  EXPECT_NEAR(survey.items[0].observed->at(static_cast<std::size_t>(yes)), 2.0 / 3.0, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Files, CsvForms, ::testing::ValuesIn(csvFiles),
                         [](const auto& one) { return std::string(one.param.name); });

// Numbers of thousands and lists of codes have commas, too, and a file with points has no decimal
// commas.
TEST(CsvForms, AreNotTakenForDecimalCommas) {
  const test::TemporaryFolder folder;
  for (const char* values : {"1,234\n12,345\n", "1,2\n3\n2,4\n", "1,25\n1.25\n", "1,2,3\n0,25\n",
                             "0,25\nnone\n", "1\n2\n"}) {
    const std::string file = "q;x\n" + [&] {
      std::string rows;
      std::string text = values;
      for (std::size_t end; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) {
        rows += "yes;" + text.substr(0, end) + "\nno;" + text.substr(0, end) + "\n";
      }
      return rows;
    }();
    const std::string draft =
        findImporter("csv").draft({folder.write("answers.csv", file)}, ImportOptions()).text;
    EXPECT_THAT(draft, AllOf(HasSubstr("separator = \";\""), Not(HasSubstr("decimal ="))))
        << values;
  }
}

TEST(CsvForms, AreSaidByTheMappingIfThereIsOne) {
  ImportOptions options = writtenAs("windows-1252");
  options.mapping = "m.toml";
  EXPECT_THAT(test::errorOf([&] { refuseUnusedOptions(findImporter("csv"), options); }),
              HasSubstr("--encoding does nothing if a mapping is given; write it into the mapping: "
                        "[file] encoding = ..."));
  EXPECT_THAT(test::errorOf([&] { refuseUnusedOptions(findImporter("spss"), writtenAs({}, ";")); }),
              HasSubstr("--separator does nothing for the format spss"));
}

TEST(CsvForms, SuggestDecimalCommasWhereAWeightHasOne) {
  const test::TemporaryFolder folder;
  ImportOptions options;
  options.mapping = folder.write("m.toml", R"([survey]
language = "en"
[design]
weight = "weight"
[[populations]]
by = []
name = "all"
phrase = "someone"
minimum = 1
[[questions]]
variable = "q"
text = "Tea?"
scale = "nominal"
options = [{ code = "yes", text = "yes" }, { code = "no", text = "no" }]
)");
  const auto path = folder.write("answers.csv", semicolonRows);
  EXPECT_THAT(test::errorOf([&] { findImporter("csv").run({path}, options); }),
              HasSubstr("answers.csv:2: the weight is code \"0,50\", not a number; if the file "
                        "writes decimal commas, say so in the mapping: [file] decimal = \",\""));
}

}  // namespace
}  // namespace canvass
