#include "designs/naacl2025.h"

#include "base/random.h"
#include "designs/design_surveys.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::Cells;
using test::cellsOf;
using test::partNamed;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string> everyPart = {"train",     "valid",     "test-C1Q3", "test-C2Q1",
                                            "test-C2Q3", "test-C3Q1", "test-C3Q3"};

std::vector<Question> numbered(const std::vector<std::string>& ids) {
  std::vector<Question> questions;
  for (const std::string& id : ids) questions.push_back(test::yesNo(id, "Question " + id));
  return questions;
}

std::vector<std::string> namesOf(const Parts& parts) {
  std::vector<std::string> names;
  for (const Part& part : parts.parts) names.push_back(part.name);
  return names;
}

// Which parts one question of one country is in, beside an item that is in train for certain.
std::vector<std::string> partsOf(const std::string& question, const std::string& name,
                                 bool repair = false) {
  const Survey survey = test::surveyOf(numbered({question, "1"}), {name, "Germany"});
  std::vector<std::string> names;
  for (const Part& part : splitNaacl2025(survey, repair).parts) {
    if (cellsOf(part.survey).contains({question, name})) names.push_back(part.name);
  }
  return names;
}

TEST(Naacl2025, PutsItemsWhereThePaperDoes) {
  struct Case {
    const char* question;
    const char* country;
    std::vector<std::string> parts;
  };
  const Case cases[] = {
      {"Q2", "Japan", {"train"}},
      {"163", "United States", {"train"}},
      {"q164", "Japan", {"valid"}},
      {"198", "Japan", {"valid"}},
      {"199", "Japan", {"test-C1Q3"}},
      {"259", "Japan", {"test-C1Q3"}},
      {"260", "Japan", {}},
      {"0", "Japan", {}},
      {"82", "Japan", {}},
      {"93", "Japan", {"train"}},
      {"94", "Japan", {}},
      {"105", "Japan", {}},
      {"106", "Japan", {"train"}},
      {"223", "Japan", {}},
      {"tea", "Japan", {}},
      {"2", "Northern Ireland", {}},
      {"2", "Great Britain", {"train"}},
      {"2", "Zimbabwe", {"test-C2Q1"}},
      {"170", "Zimbabwe", {}},
      {"200", "Egypt", {"test-C2Q3"}},
      {"2", "Czech Rep.", {"test-C3Q1"}},
      {"200", "New Zealand", {"test-C3Q3"}},
      {"2", "Nigeria", {"test-C2Q1", "test-C3Q1"}},
      {"200", "Morocco", {"test-C2Q3", "test-C3Q3"}},
  };
  for (const auto& [question, name, parts] : cases) {
    EXPECT_EQ(partsOf(question, name), parts) << question << " " << name;
  }
  EXPECT_THAT(partsOf("2", "Nigeria", true), ElementsAre("test-C2Q1"));
  EXPECT_THAT(partsOf("200", "Morocco", true), ElementsAre("test-C2Q3"));
  EXPECT_THAT(partsOf("2", "Peru", true), ElementsAre("test-C3Q1"));
}

TEST(Naacl2025, SubgroupsGoWithTheirCountry) {
  Survey survey = test::surveyOf(numbered({"1"}), {"Japan"});
  survey.populations.push_back({"ke-f", "Kenya, women", "", {{"country", "Kenya"}}});
  survey.items.push_back({0, 1, {}, {}, {}});
  const Parts parts = splitNaacl2025(survey, false);
  ASSERT_NE(partNamed(parts, "test-C2Q1"), nullptr);
  EXPECT_EQ(partNamed(parts, "test-C2Q1")->populations[0].id, "ke-f");
}

TEST(Naacl2025, TellsFaultsGapsAndWhatIsLeftOut) {
  const Survey survey =
      test::surveyOf(numbered({"1", "82", "170", "200"}),
                     {"Japan", "Nigeria", "Northern Ireland", "Peru", "Czech Republic"});
  const Parts parts = splitNaacl2025(survey, false);
  EXPECT_EQ(namesOf(parts), everyPart);
  EXPECT_THAT(parts.notes, Contains(HasSubstr("items in two parts: 2")));
  EXPECT_THAT(parts.notes, Contains(HasSubstr("valid has the countries of train")));
  EXPECT_THAT(parts.notes,
              Contains("countries of the design that are missing from the survey: Colombia, Egypt, "
                       "Ethiopia, Greece, Kenya, Libya, Malaysia, Mexico, Morocco, New Zealand, "
                       "Puerto Rico, Thailand, Tunisia, Zimbabwe"));
  EXPECT_THAT(parts.notes, Contains("items that the design leaves out: 8 (populations: Northern "
                                    "Ireland; questions: 82)"));
  EXPECT_THAT(parts.notes, Contains("items of C2Q2 and C3Q2, which the design does not use: 3"));
  const Parts repaired = splitNaacl2025(survey, true);
  EXPECT_THAT(repaired.notes, Contains(HasSubstr("Nigeria and Morocco are in C2 only")));
  EXPECT_THAT(repaired.notes, Not(Contains(HasSubstr("in two parts"))));
}

TEST(Naacl2025, NamesPartsWithoutAnItem) {
  const Parts parts = splitNaacl2025(test::surveyOf(numbered({"1", "170"}), {"Japan"}), false);
  EXPECT_THAT(namesOf(parts), ElementsAre("train", "valid"));
  EXPECT_THAT(parts.emptyParts,
              ElementsAre("test-C1Q3", "test-C2Q1", "test-C2Q3", "test-C3Q1", "test-C3Q3"));
  EXPECT_EQ(
      test::errorOf([] { splitNaacl2025(test::surveyOf(numbered({"tea"}), {"Japan"}), false); }),
      "the survey has no items of the design naacl2025; its questions are numbered 1 to 259, as in "
      "the World Values Survey, wave 7");
}

// Repaired, the parts are disjoint; as published, only items of Nigeria and Morocco are in two.
// What is in no part is counted in the notes.
TEST(Naacl2025, EveryItemIsInOnePartOrNamed) {
  RandomStream random(2, "design property");
  const std::vector<std::string> countries = {"Japan",   "Nigeria",          "Morocco", "Egypt",
                                              "Czechia", "Northern Ireland", "Peru",    "Iran"};
  for (int round = 0; round < 40; ++round) {
    std::set<std::string> ids = {"1"};
    while (ids.size() < 12) ids.insert(std::to_string(1 + random.below(280)));
    const Survey survey = test::surveyOf(numbered({ids.begin(), ids.end()}), countries);
    for (const bool repair : {false, true}) {
      const Parts parts = splitNaacl2025(survey, repair);
      Cells all;
      for (const Part& part : parts.parts) all.merge(cellsOf(part.survey));
      std::size_t named = 0;
      for (const auto& [question, population] : cellsOf(survey)) {
        const std::size_t times = all.count({question, population});
        const bool twoGroups = population == "Nigeria" || population == "Morocco";
        EXPECT_LE(times, twoGroups && !repair ? 2u : 1u);
        named += times == 0;
      }
      std::size_t counted = 0;
      for (const std::string& note : parts.notes) {
        if (note.starts_with("items ")) counted += std::stoul(note.substr(note.find(": ") + 2));
      }
      EXPECT_EQ(counted, named);
    }
  }
}

}  // namespace
}  // namespace canvass
