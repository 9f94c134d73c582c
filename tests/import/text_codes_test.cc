// Codes that look like numbers and are stored as texts: what a mapping writes and what a file
// stores meet in every format, whatever the format calls it.
#include <fmt/format.h>

#include "base/error.h"
#include "import/import.h"
#include "support/statistics_files.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using Texts = std::vector<std::string>;

struct FileKind {
  const char* name;
  const char* importer;
  std::optional<StatisticsFormat> format;  // nothing: CSV
  bool isLongText = false;

  friend void PrintTo(const FileKind& one, std::ostream* out) { *out << one.name; }
};

const FileKind fileKinds[] = {
    {"Csv", "csv", std::nullopt},
    {"SpssSystem", "spss", StatisticsFormat::spssSystem},
    {"Stata", "stata", StatisticsFormat::stata},
    {"StataLongTexts", "stata", StatisticsFormat::stata, true},
    {"Sas", "sas", StatisticsFormat::sas},
    {"SasTransport", "sas", StatisticsFormat::sasTransport},
};

// A file of text variables alone: the question q, and others.
std::filesystem::path writeTexts(const FileKind& kind, const std::map<std::string, Texts>& columns,
                                 const test::TemporaryFolder& folder) {
  std::string csv;
  std::vector<test::MadeVariable> variables;
  for (const auto& [name, texts] : columns) {
    variables.push_back(test::madeText(name, texts));
    variables.back().isLongText = kind.isLongText;
    csv += (csv.empty() ? "" : ",") + name;
  }
  for (std::size_t i = 0; i < columns.begin()->second.size(); ++i) {
    csv += '\n';
    for (const auto& [name, texts] : columns) {
      csv += (name == columns.begin()->first ? "" : ",") + texts[i];
    }
  }
  if (!kind.format) return folder.write("texts.csv", csv + '\n');
  const std::filesystem::path path = folder.path() / "texts";
  test::writeStatisticsFile({path, *kind.format, {}}, variables);
  return path;
}

std::string textMapping(const std::string& codes, const std::string& added = {}) {
  return fmt::format(R"([survey]
language = "en"
{1}
[[populations]]
by = []
name = "all"
phrase = "someone"
minimum = 1
[[questions]]
variable = "q"
text = "Tea?"
scale = "nominal"
{0}
)",
                     codes, added);
}

struct TextCodes {
  const char* name;
  Texts values;
  std::string codes;           // of the question, in the mapping
  std::vector<double> shares;  // empty: `fault` says why
  std::string fault = {};

  friend void PrintTo(const TextCodes& one, std::ostream* out) { *out << one.name; }
};

std::string twoOptions(const std::string& one, const std::string& two,
                       const std::string& more = {}) {
  return fmt::format(
      "options = [{{ code = {}, text = \"yes\" }}, {{ code = {}, text = \"no\" }}]\n{}", one, two,
      more);
}

const TextCodes textCodes[] = {
    {"NumbersInTheMapping", {"1", "2", "1", "1"}, twoOptions("1", "2"), {0.75, 0.25}},
    {"TextsInTheMapping", {"1", "2", "1", "1"}, twoOptions("\"1\"", "\"2\""), {0.75, 0.25}},
    {"Padded", {"01", "02", "01", "01"}, twoOptions("\"01\"", "\"02\""), {0.75, 0.25}},
    {"PaddedInTheFileOnly", {"01", "02", "01", "01"}, twoOptions("1", "2"), {0.75, 0.25}},
    {"PaddedInTheMappingOnly", {"1", "2", "1", "1"}, twoOptions("\"01\"", "\"02\""), {0.75, 0.25}},
    {"PaddedBesidePlain", {"01", "1", "01", "01"}, twoOptions("\"01\"", "1"), {0.75, 0.25}},
    {"PaddedBesidePlainUnlisted",
     {"01", "2", "1", "1"},
     twoOptions("1", "2"),
     {},
     "the file has both \"01\" and \"1\", but the mapping does not list both; list \"01\" and "
     "\"1\" as texts in quotes"},
    {"PlainBesidePaddedUnlisted",
     {"1", "2", "01", "01"},
     twoOptions("1", "2"),
     {},
     "the file has both \"1\" and \"01\""},
    {"NeitherOfTwo",
     {"001", "1", "01", "01"},
     twoOptions("\"01\"", "1"),
     {},
     "code \"001\" is not one of its options"},
    {"TrailingZeros", {"1.10", "1.1", "1.10", "1.10"}, twoOptions("\"1.10\"", "1.1"), {0.75, 0.25}},
    {"WrittenAsDecimals", {"1.0", "2.0", "1", "1.00"}, twoOptions("1", "2"), {0.75, 0.25}},
    {"Blanks", {" 1", "2 ", "1", " 1 "}, twoOptions("1", "2"), {0.75, 0.25}},
    {"InRanges",
     {"01", "12", "1", "9"},
     "options = [{ from = 1, to = 9, text = \"few\" }, { from = 10, text = \"many\" }]",
     {0.75, 0.25}},
    {"Mixed",
     {"1", "DK", "1", "2"},
     twoOptions("1", "2", "dont_know = [\"DK\"]"),
     {2.0 / 3.0, 1.0 / 3.0}},
    {"MissingByNumber",
     {"1", "99", "1", "2"},
     twoOptions("1", "2", "refused = [99]"),
     {2.0 / 3.0, 1.0 / 3.0}},
    {"MissingPadded",
     {"1", "09", "2", "9"},
     twoOptions("1", "2", "refused = [\"09\", 9]"),
     {0.5, 0.5}},
    {"ManyDigits",
     {"12345678901234567", "12345678901234568", "12345678901234567", "12345678901234567"},
     twoOptions("\"12345678901234567\"", "\"12345678901234568\""),
     {0.75, 0.25}},
};

class TextCodesOf : public ::testing::TestWithParam<std::tuple<FileKind, TextCodes>> {};

TEST_P(TextCodesOf, MeetTheMapping) {
  const auto& [kind, codes] = GetParam();
  const test::TemporaryFolder folder;
  const auto file = writeTexts(kind, {{"q", codes.values}}, folder);
  ImportOptions options;
  options.mapping = folder.write("m.toml", textMapping(codes.codes));
  const Importer& importer = findImporter(kind.importer);
  if (codes.shares.empty()) {
    EXPECT_THAT(test::errorOf([&] { importer.run({file}, options); }), HasSubstr(codes.fault));
    return;
  }
  const Survey survey = importer.run({file}, options).survey;
  EXPECT_THAT(*survey.items.at(0).observed,
              ::testing::Pointwise(::testing::DoubleNear(1e-12), codes.shares));
}

INSTANTIATE_TEST_SUITE_P(Files, TextCodesOf,
                         ::testing::Combine(::testing::ValuesIn(fileKinds),
                                            ::testing::ValuesIn(textCodes)),
                         [](const auto& one) {
                           return std::string(std::get<0>(one.param).name) +
                                  std::get<1>(one.param).name;
                         });

class TextFile : public ::testing::TestWithParam<FileKind> {};

// Attributes without values keep spellings apart; weights are numbers, strata and clusters names.
TEST_P(TextFile, HasWeightsAndAttributesInTexts) {
  const test::TemporaryFolder folder;
  const auto file = writeTexts(GetParam(),
                               {{"q", {"1", "2", "1", "2", "1", "2"}},
                                {"w", {"3", "1.0", "1.50", "0.5", "01", "1"}},
                                {"fips", {"01", "01", "1", "1", "02", "02"}},
                                {"psu", {"1", "01", "1", "01", "1", "01"}}},
                               folder);
  ImportOptions options;
  options.mapping = folder.write("m.toml", textMapping(twoOptions("1", "2"), R"([design]
weight = "w"
strata = "fips"
cluster = "psu"
[attributes.state]
variable = "fips"
[[populations]]
by = ["state"]
phrase = "someone from {state}"
minimum = 1
)"));
  const Survey survey = findImporter(GetParam().importer).run({file}, options).survey;
  std::map<std::string, double> shares;
  for (const Item& item : survey.items) {
    shares[survey.populationOf(item).name] = item.observed->front();
  }
  EXPECT_EQ(shares, (std::map<std::string, double>{
                        {"all", 5.5 / 8.0}, {"01", 0.75}, {"1", 0.75}, {"02", 0.5}}));
}

// A region of which the file has "01" and "1", a question with codes and words, a weight: a draft
// imports as it stands.
TEST_P(TextFile, IsDraftedAsItStands) {
  const test::TemporaryFolder folder;
  Texts answers, regions, weights;
  for (int i = 0; i < 240; ++i) {
    answers.push_back(i % 4 == 0 ? "2" : i % 4 == 1 ? "DK" : "1");
    regions.push_back(i % 2 == 0 ? "01" : "1");
    weights.push_back(i % 2 == 0 ? "1.25" : "0.75");
  }
  const auto file =
      writeTexts(GetParam(), {{"q", answers}, {"region", regions}, {"weight", weights}}, folder);
  ImportOptions options;
  const Importer& importer = findImporter(GetParam().importer);
  const std::string draft = importer.draft({file}, options).text;
  options.mapping = folder.write("draft.toml", draft);
  const Survey survey = importer.run({file}, options).survey;
  EXPECT_THAT(draft, AllOf(HasSubstr("code = \"01\""), HasSubstr("code = 1,"),
                           Not(HasSubstr("not usable"))));
  std::map<std::string, double> respondents;
  for (const Item& item : survey.items) {
    if (survey.questionOf(item).id != "q") continue;
    respondents[survey.populationOf(item).name] = *item.respondents;
    const bool isFirst = survey.populationOf(item).name == "region: 01";
    EXPECT_NEAR(item.observed->at(0), isFirst ? 0.5 : 1.0, 1e-12);
    EXPECT_NEAR(*item.dontKnow, isFirst ? 0.0 : 0.5, 1e-12);
  }
  EXPECT_EQ(respondents, (std::map<std::string, double>{{"region: 01", 120}, {"region: 1", 60}}));
}

INSTANTIATE_TEST_SUITE_P(Files, TextFile, ::testing::ValuesIn(fileKinds),
                         [](const auto& one) { return std::string(one.param.name); });

// What SPSS says of a text variable: labels, missing values, in codes that look like numbers.
TEST(TextLabels, AreThoseOfTheTexts) {
  const test::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "labels.sav";
  test::MadeVariable question = test::madeText("q", {"01", "02", "02", "09"},
                                               {{"01", "Yes"}, {"02", "No"}, {"09", "Not stated"}});
  question.about.missingTexts = {"09"};
  test::writeStatisticsFile({path, StatisticsFormat::spssSystem, {}}, {question});
  ImportOptions options;
  const Importer& importer = findImporter("spss");
  for (const char* code : {"9", "\"09\""}) {
    options.mapping = folder.write("m.toml", textMapping(fmt::format("refused = [{}]", code)));
    const Survey survey = importer.run({path}, options).survey;
    EXPECT_EQ(survey.questions.at(0).options.size(), 2u) << code;
    EXPECT_NEAR(survey.items.at(0).observed->at(1), 2.0 / 3.0, 1e-12) << code;
    EXPECT_NEAR(*survey.items.at(0).refused, 0.25, 1e-12) << code;
  }
  options.mapping = folder.write("m.toml", textMapping(""));
  EXPECT_THAT(test::errorOf([&] { importer.run({path}, options); }),
              HasSubstr("code 09 \"Not stated\" of variable \"q\" is missing by the file's own"));
}

}  // namespace
}  // namespace canvass
