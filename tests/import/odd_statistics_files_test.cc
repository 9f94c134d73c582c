// Files of packages that are intact but odd, as institutes publish them. Debian's ReadStat refuses
// or misreads some, which are skipped with it.
#include <fmt/format.h>

#include "base/file.h"
#include "import/import.h"
#include "microdata/text_microdata.h"
#include "support/statistics_files.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t ncasesAt = 80;
constexpr std::size_t creationDateAt = 92;
constexpr std::size_t creationTimeAt = 101;

std::string numberBytes(std::int32_t number) {
  return {reinterpret_cast<const char*>(&number), sizeof number};
}

// An extension record's beginning: kind 7, its subtype, the size and the number of its elements.
std::string extension(std::int32_t subtype, std::int32_t size, std::int32_t count) {
  return numberBytes(7) + numberBytes(subtype) + numberBytes(size) + numberBytes(count);
}

void overwrite(std::string& bytes, std::size_t at, const std::string& with) {
  bytes.replace(at, with.size(), with);
}

// States a code page instead of UTF-8.
void useCodePage(std::string& sav, std::int32_t page) {
  const std::string integers = extension(3, 4, 8);
  overwrite(sav, sav.find(integers) + integers.size() + 7 * 4, numberBytes(page));
  const std::size_t name = sav.find(extension(20, 1, 5));
  if (name != std::string::npos) overwrite(sav, name + 4, numberBytes(99));
}

struct OddSav {
  const char* name;
  void (*change)(std::string& sav);
  const char* yes = "Yes";  // the label of 1, in the file's encoding
  const char* text = "Yes";
  const char* encoding = "";

  friend void PrintTo(const OddSav& one, std::ostream* out) { *out << one.name; }
};

const OddSav oddSavs[] = {
    {"SpanishDate", [](std::string& sav) { overwrite(sav, creationDateAt, "01 ene 20"); }},
    {"DateOfBlanks", [](std::string& sav) { overwrite(sav, creationDateAt, "         "); }},
    {"NumericDate", [](std::string& sav) { overwrite(sav, creationDateAt, "01/02/20 "); }},
    {"DateOfZeros",
     [](std::string& sav) { overwrite(sav, creationDateAt, std::string(17, '\0')); }},
    {"TimeOfBlanks", [](std::string& sav) { overwrite(sav, creationTimeAt, "        "); }},
    {"TimeInWords", [](std::string& sav) { overwrite(sav, creationTimeAt, "noon    "); }},
    {"UnknownNumberOfRecords", [](std::string& sav) { overwrite(sav, ncasesAt, numberBytes(-1)); }},
    {"ChinesePage", [](std::string& sav) { useCodePage(sav, 936); }, "\xCA\xC7", "是"},
    {"KoreanPage", [](std::string& sav) { useCodePage(sav, 949); }, "\xBF\xB9", "예"},
    {"WesternPage", [](std::string& sav) { useCodePage(sav, 1252); }, "S\xED", "Sí"},
    {"EncodingNamed", [](std::string& sav) { useCodePage(sav, 1252); }, "\xCA\xC7", "是", "cp936"},
};

class OddSavs : public ::testing::TestWithParam<OddSav> {};

TEST_P(OddSavs, AreReadAsTheyStand) {
  if (!test::hasNewReadStat()) GTEST_SKIP() << "Debian's ReadStat cannot read some of these";
  const OddSav& odd = GetParam();
  const test::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "odd.sav";
  std::vector<double> answers;
  for (int i = 0; i < 60; ++i) answers.push_back(i % 3 == 0 ? 2 : 1);
  test::writeStatisticsFile({path, StatisticsFormat::spssSystem, {}},
                            {test::madeNumber("q", answers, {{"1", odd.yes}, {"2", "No"}})});
  std::string sav = readFile(path);
  odd.change(sav);
  folder.write("odd.sav", sav);
  const Importer& importer = findImporter("spss");
  ImportOptions options;
  options.encoding = odd.encoding;
  const std::string draft = importer.draft({path}, options).text;
  options = {};
  options.mapping = folder.write("draft.toml", draft);
  const ImportResult result = importer.run({path}, options);
  EXPECT_EQ(result.survey.questions.at(0).options.at(0).text, odd.text);
  EXPECT_EQ(result.survey.items.at(0).respondents, 60);
  EXPECT_NEAR(result.survey.items[0].observed->at(0), 2.0 / 3.0, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Files, OddSavs, ::testing::ValuesIn(oddSavs),
                         [](const auto& one) { return std::string(one.param.name); });

class OldStata : public ::testing::TestWithParam<int> {};

TEST_P(OldStata, IsRead) {
  if (!test::hasNewReadStat()) GTEST_SKIP() << "Debian's ReadStat cannot read some of these";
  const test::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "old.dta";
  std::vector<double> answers;
  for (int i = 0; i < 60; ++i) answers.push_back(i % 3 == 0 ? 2 : 1);
  test::writeStatisticsFile({path, StatisticsFormat::stata, {}}, {test::madeNumber("q", answers)},
                            GetParam());
  ImportOptions options;
  options.mapping = folder.write("m.toml", test::smallMapping());
  const Importer& importer = findImporter("stata");
  EXPECT_TRUE(importer.recognizes(path));
  EXPECT_NEAR(importer.run({path}, options).survey.items.at(0).observed->at(0), 2.0 / 3.0, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Releases, OldStata,
                         ::testing::Values(104, 105, 108, 110, 111, 113, 114, 115, 117, 118, 119),
                         ::testing::PrintToStringParamName());

TEST(OddFiles, ThatOnlyTheirPackageReadsAreNamed) {
  const test::TemporaryFolder folder;
  const ImportOptions options;
  const std::string zeros(200, '\0');
  const std::string encrypted = std::string("\x1C\0\0\0\0\0\0\0", 8) + "ENCRYPTEDSAV" + zeros;
  for (const auto& [format, bytes, fault] :
       {std::tuple{"spss", encrypted, "odd: the file is encrypted; open it in SPSS"},
        std::tuple{"sas", "**COMPRESSED** **COMPRESSED** " + zeros,
                   "odd: the file was made by PROC CPORT"}}) {
    const auto path = folder.write("odd", bytes);
    EXPECT_THAT(test::errorOf([&] { findImporter(format).draft({path}, options); }),
                HasSubstr(fault));
  }
}

TEST(OldStata, OfAnUnknownReleaseIsNamed) {
  const test::TemporaryFolder folder;
  ImportOptions options;
  const auto path =
      folder.write("old.dta", std::string("\x66\x02\x01\0", 4) + std::string(200, '\0'));
  EXPECT_THAT(test::errorOf([&] { findImporter("stata").draft({path}, options); }),
              HasSubstr("old.dta: the file is of a kind that is too old or too new"));
}

}  // namespace
}  // namespace canvass
