// Files of SPSS, Stata and SAS that haven and pyreadstat wrote (tools/oracle/microdata.R and .py);
// the figures were computed by R from the table that they were made of.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "microdata/readstat/readstat_reader.h"
#include "microdata/text_microdata.h"

namespace canvass {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::filesystem::path golden(const std::string& name) {
  return test::sourceFolder() / "tests" / "microdata" / "golden" / name;
}

const Variable& variableOf(const MicrodataReader& reader, const std::string& name) {
  for (const Variable& one : reader.variables()) {
    if (one.name == name || one.name == [&] {
          std::string upper = name;
          for (char& c : upper) c = static_cast<char>(std::toupper(c));
          return upper;
        }()) {
      return one;
    }
  }
  throw std::runtime_error("no variable " + name);
}

TEST(ReadStat, TellsWhatAnSpssFileSaysOfItself) {
  const auto reader = openStatisticsFile({golden("tea.sav"), StatisticsFormat::spssSystem, {}});
  const Variable& trust = variableOf(*reader, "trust");
  EXPECT_EQ(trust.label, "Wie sehr vertrauen Sie \"anderen\"?");
  EXPECT_FALSE(trust.isText);
  EXPECT_EQ(trust.labelOf("1"), "Völlig");
  EXPECT_EQ(trust.labelOf("-1"), "Not asked");
  EXPECT_THAT(trust.missingRanges, ElementsAre(NumberRange{8, 8}, NumberRange{9, 9}));
  EXPECT_TRUE(trust.isUserMissing(valueOf("9")));
  EXPECT_FALSE(trust.isUserMissing(valueOf("1")));
  EXPECT_TRUE(variableOf(*reader, "sex").isUserMissing(valueOf("-9")));
  const Variable& drink = variableOf(*reader, "drink");
  EXPECT_TRUE(drink.isText);
  EXPECT_TRUE(drink.isUserMissing(valueOf("zz")));
  EXPECT_EQ(drink.labelOf("c"), "Coffee");
}

TEST(ReadStat, KeepsStatasMissingValuesApart) {
  const auto reader = openStatisticsFile({golden("tea.dta"), StatisticsFormat::stata, {}});
  const Variable& trust = variableOf(*reader, "trust");
  EXPECT_EQ(trust.labelOf(".d"), "Don't know");
  EXPECT_EQ(trust.labelOf(".r"), "Refused");
}

struct GoldenFile {
  const char* name;
  const char* file;
  StatisticsFormat format;
  bool hasLabels;

  friend void PrintTo(const GoldenFile& one, std::ostream* out) { *out << one.name; }
};

const GoldenFile goldenFiles[] = {
    {"SpssSystem", "tea.sav", StatisticsFormat::spssSystem, true},
    {"SpssCompressed", "tea.zsav", StatisticsFormat::spssSystem, true},
    {"SpssPortable", "tea.por", StatisticsFormat::spssPortable, false},
    {"Stata", "tea.dta", StatisticsFormat::stata, true},
    {"StataOld", "tea-release-113.dta", StatisticsFormat::stata, true},
    {"SasTransport", "tea.xpt", StatisticsFormat::sasTransport, false}};

class GoldenMicrodata : public ::testing::TestWithParam<GoldenFile> {
 protected:
  // Portable and transport files have names in capitals.
  std::string variable(const MicrodataReader& reader, const std::string& name) {
    return variableOf(reader, name).name;
  }
  std::string mapping(const MicrodataReader& reader);
};

std::string GoldenMicrodata::mapping(const MicrodataReader& reader) {
  const std::string options =
      "options = [{ code = 1, text = \"a\" }, { code = 2, text = \"b\" }, { code = 3, text = "
      "\"c\" }, { code = 4, text = \"d\" }]\n";
  return "[survey]\nlanguage = \"de\"\n[design]\nweight = \"" + variable(reader, "wt") +
         "\"\n[attributes.country]\nvariable = \"" + variable(reader, "country") +
         "\"\nvalues = [{ code = 1, name = \"Österreich\" }, { code = 2, name = \"日本\" }, { code "
         "= 3, name = \"Perú\" }]\n[[populations]]\nby = [\"country\"]\nphrase = "
         "\"someone from {country}\"\nminimum = 30\n[[questions]]\nvariable = \"" +
         variable(reader, "trust") +
         "\"\nid = \"trust\"\ntext = \"?\"\nscale = \"ordinal\"\ndont_know = [8, \".d\"]\n"
         "refused = [9, \".r\"]\nnot_asked = [-1, \"\"]\n" +
         (GetParam().hasLabels ? "" : options) +
         "[[populations]]\nby = []\nname = \"all\"\nphrase = \"someone\"\nminimum = 1\n"
         "[[questions]]\nvariable = \"" +
         variable(reader, "drink") +
         "\"\nid = \"drink\"\ntext = \"?\"\nscale = \"nominal\"\noptions = [{ code = \"t\", text = "
         "\"tea\" }, { code = \"c\", text = \"coffee\" }, { code = \"w\", text = \"water\" }]\n"
         "refused = [\"zz\", \"\"]\n";
}

TEST_P(GoldenMicrodata, GivesTheFiguresThatRComputes) {
  const GoldenFile& file = GetParam();
  const auto reader = openStatisticsFile({golden(file.file), file.format, {}});
  const Mapping parsed = parseMapping(mapping(*reader), "m.toml");
  RespondentCollector collector(parsed, false);
  Progress silent;
  collector.read(*reader, silent);
  const Survey survey =
      tabulate(parsed, collector.plan(), collector.respondents(), {}, silent).survey;
  const Json expected = parseJson(readFile(golden("tea.json")), "tea.json");
  EXPECT_EQ(collector.respondents().size(), expected["respondents"]);
  const SurveyIndex index(survey);
  for (const auto& [country, figures] : expected["trust"].items()) {
    const Item& item = survey.items.at(
        index.item(*index.question("trust"), index.population(country).value()).value());
    EXPECT_EQ(item.respondents, figures["n"].get<double>());
    EXPECT_NEAR(*item.dontKnow, figures["dont_know"].get<double>(), 1e-12);
    EXPECT_NEAR(*item.refused, figures["refused"].get<double>(), 1e-12);
    for (std::size_t k = 0; k < 4; ++k) {
      EXPECT_NEAR((*item.observed)[k], figures["distribution"][k].get<double>(), 1e-12);
    }
  }
  const Item& drink =
      survey.items.at(*index.item(*index.question("drink"), *index.population("all")));
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR((*drink.observed)[k], expected["drink"][k].get<double>(), 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, GoldenMicrodata, ::testing::ValuesIn(goldenFiles),
                         [](const auto& one) { return one.param.name; });

// Reads everything; the number of records.
std::size_t readWhole(const StatisticsFile& file) {
  const auto reader = openStatisticsFile(file);
  std::vector<std::size_t> all(reader->variables().size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  std::size_t records = 0;
  Progress silent;
  reader->read(
      all, [&records](const RespondentRecord&) { ++records; }, silent);
  return records;
}

TEST_P(GoldenMicrodata, IsAnErrorWhereItIsCutOff) {
  const std::string whole = readFile(golden(GetParam().file));
  const test::TemporaryFolder folder;
  if (GetParam().format == StatisticsFormat::sasTransport) {
    GTEST_SKIP() << "such a file does not say how much it holds";
  }
  for (const double part : {0.0, 0.01, 0.1, 0.3, 0.6, 0.9}) {
    const auto length = static_cast<std::size_t>(part * static_cast<double>(whole.size()));
    const auto path = folder.write("cut", whole.substr(0, length));
    EXPECT_THAT(test::errorOf([&] {
                  readWhole({path, GetParam().format, {}});
                }),
                HasSubstr("cut"))
        << part;
  }
}

// Whatever a file holds, reading it ends in records or in an Error that names it.
TEST_P(GoldenMicrodata, DoesNoHarmWhereItIsDamaged) {
  const std::string whole = readFile(golden(GetParam().file));
  const test::TemporaryFolder folder;
  RandomStream random(5, GetParam().name);
  for (int round = 0; round < 60; ++round) {
    std::string damaged = whole;
    const std::size_t area =
        round % 2 == 0 ? std::min<std::size_t>(whole.size(), 3000) : whole.size();
    for (auto n = 1 + random.below(8); n > 0; --n) {
      damaged[random.below(area)] = static_cast<char>(random.below(256));
    }
    const auto path = folder.write("damaged", damaged);
    try {
      readWhole({path, GetParam().format, {}});
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("damaged")) << round;
    }
  }
}

TEST(ReadStat, NamesFileAndRemedyWhereItIsSomethingElse) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("a.sav", "country,q\n" + std::string(500, '1'));
  EXPECT_THAT(test::errorOf([&] {
                readWhole({path, StatisticsFormat::spssSystem, {}});
              }),
              AllOf(HasSubstr("a.sav: the file "), HasSubstr("save it again")));
}

TEST(ReadStat, NamesAnEncodingThatIsNotTheFiles) {
  EXPECT_THAT(test::errorOf([&] {
                readWhole({golden("tea.sav"), StatisticsFormat::spssSystem, "no-such-encoding"});
              }),
              HasSubstr("name the right one in the mapping: [file] encoding"));
}

TEST(ReadStat, KeepsThePartsOfWhatIsWrong) {
  const auto path = golden("tea.sav");
  try {
    readWhole({path, StatisticsFormat::spssSystem, "no-such-encoding"});
    FAIL() << "such an encoding is accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.where(), path.string());
    EXPECT_THAT(error.fault(), StartsWith("its text is not in the encoding"));
    EXPECT_THAT(error.remedy(), StartsWith("name the right one in the mapping"));
  }
}

// A program of several threads may read as many files.
TEST(ReadStat, ReadsInSeveralThreadsAtOnce) {
  std::vector<std::size_t> records(4);
  std::vector<std::thread> threads;
  for (std::size_t& one : records) {
    threads.emplace_back([&one] {
      one = readWhole({golden("tea.sav"), StatisticsFormat::spssSystem, {}});
    });
  }
  for (std::thread& one : threads) one.join();
  EXPECT_GT(records[0], 0u);
  EXPECT_THAT(records, Each(records[0]));
}

}  // namespace
}  // namespace canvass
