// Sets of variables that a file of SPSS declares to be one question with several answers.
#include "microdata/draft/response_sets.h"

#include "microdata/draft/draft_mapping.h"
#include "microdata/readstat/readstat_reader.h"
#include "microdata/text_microdata.h"
#include "support/statistics_files.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Variable variableOf(const std::string& name, const std::string& label,
                    std::vector<ValueLabel> labels = {}) {
  Variable variable;
  variable.name = name;
  variable.label = label;
  variable.valueLabels = std::move(labels);
  return variable;
}

ObservedCodes codes(std::initializer_list<const char*> texts) {
  ObservedCodes observed;
  for (const char* text : texts) observe(valueOf(text), observed);
  return observed;
}

struct SetCase {
  const char* what;
  ResponseSet set;
  ObservedCodes observed;  // of each of the variables "radio" and "tv"
  std::vector<const char*> lines;
};

const std::vector<ValueLabel> labels{{"0", "No"}, {"1", "Yes"}, {"9", "Refused"}};
const std::vector<std::string> both{"radio", "tv"};

const SetCase setCases[] = {
    {"every other answer is not chosen",
     {"$media", "Which {media} do you use?", "1", both},
     codes({"0", "1", "9"}),
     {"id = \"media\"\n", "text = \"Which {{media}} do you use? {item}\"", "chosen = [1]\n",
      "not_chosen = [0]\n", "refused = [9]\n", "{ variable = \"radio\", text = \"The radio\" }"}},
    {"nothing but what was chosen is stored",
     {"$media", "", "2", both},
     codes({"2", ""}),
     {"text = \"media {item}\"", "chosen = [2]\n", "not_chosen = [0, 1]\n"}},
    {"texts", {"$media", "Media", "Yes", both}, codes({"Yes", "Nope"}), {"chosen = [\"Yes\"]\n"}},
};

TEST(ResponseSets, OfDichotomiesAreMultiSelect) {
  for (const auto& [what, set, observed, lines] : setCases) {
    const auto drafted = draftResponseSets(
        {set},
        {variableOf("radio", set.label + " - The radio", labels), variableOf("tv", "TV", labels)},
        {observed, observed});
    ASSERT_EQ(drafted.size(), 1u);
    EXPECT_THAT(drafted[0].variables, ElementsAre(0, 1)) << what;
    EXPECT_THAT(drafted[0].note, IsEmpty()) << what;
    for (const char* line : lines) EXPECT_THAT(drafted[0].toml, HasSubstr(line)) << what;
  }
}

TEST(ResponseSets, WithoutAnyOtherCodeTakeEmptyValuesForNotChosen) {
  const auto drafted = draftResponseSets({{"$m", "Media", "1", both}},
                                         {variableOf("radio", "Radio"), variableOf("tv", "TV")},
                                         {codes({"1", ""}), codes({"1", ""})});
  EXPECT_THAT(drafted[0].toml, AllOf(HasSubstr("not_chosen = [\"\"]\n"),
                                     HasSubstr("# check: an empty value counts as not chosen")));
}

TEST(ResponseSets, ThatAMappingCannotExpressAreNamed) {
  const std::vector<Variable> variables{variableOf("radio", "Radio", labels),
                                        variableOf("tv", "TV", labels)};
  const std::vector<ObservedCodes> observed{codes({"0", "1"}), codes({"0", "1"})};
  const auto drafted = draftResponseSets({{"$first", "Mentions", "", both},
                                          {"$gone", "Gone", "1", {"press"}},
                                          {"$media", "Media", "1", both},
                                          {"$again", "Again", "1", {"tv"}}},
                                         variables, observed);
  EXPECT_THAT(drafted[0].note, HasSubstr("$first (Mentions): the set's variables hold what was"));
  EXPECT_THAT(drafted[1].note, HasSubstr("$gone (Gone): no variable of the set"));
  EXPECT_THAT(drafted[2].note, IsEmpty());
  EXPECT_THAT(drafted[3].note, HasSubstr("$again (Again): another set has its variables"));
  for (const std::size_t i : {0, 1, 3}) {
    EXPECT_THAT(drafted[i].variables, IsEmpty());
    EXPECT_THAT(drafted[i].toml, IsEmpty());
  }
}

// From the file to the shares.
TEST(ResponseSets, OfAnSpssFileAreRead) {
  if (!test::readstatReadsResponseSets()) GTEST_SKIP() << "this ReadStat reads no response sets";
  const test::TemporaryFolder folder;
  const StatisticsFile file{folder.path() / "media.sav", StatisticsFormat::spssSystem, {}};
  std::vector<double> radio, tv;
  for (int i = 0; i < 100; ++i) {
    radio.push_back(i < 75 ? 1.0 : 0.0);
    tv.push_back(i < 50 ? 1.0 : 0.0);
  }
  auto first = test::madeNumber("radio", radio, {{"0", "No"}, {"1", "Yes"}});
  auto second = test::madeNumber("tv", tv, {{"0", "No"}, {"1", "Yes"}});
  first.about.label = "Radio";
  second.about.label = "TV";
  test::writeStatisticsFile(file, {first, second});
  test::addResponseSets(file.path, "$media=D1 1 14 Which of these RADIO TV\n");
  const auto reader = openStatisticsFile(file);
  EXPECT_THAT(reader->responseSets(),
              ElementsAre(ResponseSet{"$media", "Which of these", "1", {"radio", "tv"}}));
  Progress silent;
  const std::string draft = draftMapping(*reader, {}, silent).text;
  EXPECT_THAT(draft, AllOf(HasSubstr("[[multi_select]]"), Not(HasSubstr("[[questions]]"))));
  const Mapping mapping = parseMapping(draft, "draft.toml");
  RespondentCollector collector(mapping, false);
  collector.read(*reader, silent);
  const Survey survey =
      tabulate(mapping, collector.plan(), collector.respondents(), {}, silent).survey;
  ASSERT_EQ(survey.items.size(), 2u) << draft;
  EXPECT_EQ(survey.questions[0].text, "Which of these Radio");
  EXPECT_THAT(*survey.items[0].observed, test::sharesNear({0.75, 0.25}));
  EXPECT_THAT(*survey.items[1].observed, test::sharesNear({0.5, 0.5}));
}

}  // namespace
}  // namespace canvass
