// Aggregated tables: one option of a question in a population a row.
#include "base/error.h"
#include "microdata/aggregated/aggregated_collector.h"
#include "microdata/text_microdata.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using test::sharesNear;
using ::testing::Contains;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pointwise;
using ::testing::SizeIs;

struct Read : Tabulation {
  std::vector<SkippedRecord> skipped;
};

Read readText(const std::string& csv, const std::string& mappingText, bool skipInvalid = false) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("a.csv", csv);
  const Mapping mapping = parseMapping(mappingText, "m.toml");
  AggregatedCollector collector(mapping, skipInvalid);
  Progress silent;
  collector.read(*openCsv(path, csvFormOf(mapping)), silent);
  Tabulation tabulation = collector.finish();
  return {std::move(tabulation), collector.skipped()};
}

// All that the table of `canvass export csv` needs.
const std::string tidyMapping = R"(survey = { language = "en" }
[table]
shape = "aggregated"
phrase = "someone from {population}"
)";

const std::string tidy =
    "question,population,option,value,share,se,n,n_eff\n"
    "Tea?,Japan,Often,2,0.2,0.01,1000,800.5\n"
    "Tea?,Japan,Never,0,0.5,0.01,1000,800.5\n"
    "Tea?,Japan,Rarely,1,0.3,0.01,1000,800.5\n"
    "Milk?,Japan,Yes,,0.25,,,\n"
    "Milk?,Japan,No,,0.75,,,\n"
    "Tea?,Peru,Never,0,1,0,40,40\n";

TEST(AggregatedTable, ReadsATidyTableByFourLines) {
  const Read read = readText(tidy, tidyMapping);
  const Survey& survey = read.survey;
  ASSERT_THAT(survey.questions, SizeIs(2));
  const Question& tea = survey.questions[0];
  EXPECT_EQ(tea.id, "Tea?");
  EXPECT_EQ(tea.scale, Scale::interval);
  ASSERT_THAT(tea.options, SizeIs(3));  // by value
  EXPECT_EQ(tea.options[0], (Option{"A", "Never", 0.0}));
  EXPECT_EQ(tea.options[2], (Option{"C", "Often", 2.0}));
  EXPECT_EQ(survey.questions[1].scale, Scale::nominal);
  EXPECT_EQ(survey.populations[1].phrase, "someone from Peru");
  ASSERT_THAT(survey.items, SizeIs(3));
  EXPECT_THAT(*survey.items[0].observed, sharesNear({0.5, 0.3, 0.2}));
  EXPECT_EQ(survey.items[0].respondents, 1000.0);
  EXPECT_EQ(survey.items[0].effectiveSampleSize, 800.5);
  EXPECT_EQ(survey.items[1].respondents, std::nullopt);
  EXPECT_THAT(*survey.items[2].observed, sharesNear({1, 0, 0}));
  EXPECT_THAT(read.notes, ElementsAre("1 question treated as nominal, because nothing says that "
                                      "their options have an order: Milk?",
                                      "1 item without a row for some option, whose share is taken "
                                      "as 0: question \"Tea?\", population \"Peru\""));
}

// The columns of `canvass export csv`.
TEST(AggregatedTable, ReadsBackAllThatCanvassWrites) {
  const std::string header =
      "question,question_text,topic,scale,population,population_name,population_phrase,option,"
      "option_text,value,share,se,n,n_eff,dont_know,refused,attribute_country,attribute_sex\n";
  const std::string mapping =
      "survey = { language = \"en\" }\ntable = { shape = \"aggregated\" }\n";
  const std::string rows =
      "Q1,Tea?,drinks,nominal,p,Peru,someone from Peru,A,Yes,2,0.1,0.1,9,8,0.25,0,Peru,\n"
      "Q1,Tea?,drinks,nominal,p,Peru,someone from Peru,X,\"No, never\",1,0.2,0.1,9,8,0.25,0,Peru,\n"
      "Q1,Tea?,drinks,nominal,p,Peru,someone from Peru,C,Other,3,0.7,0.1,9,8,0.25,0,Peru,\n"
      "Q2,Milk?,,ordinal,w,Women,a woman,A,Yes,,0.3,,,,,,,female\n"
      "Q2,Milk?,,ordinal,w,Women,a woman,B,No,,0.7,,,,,,,female\n";
  const Read read = readText(header + rows, mapping);
  EXPECT_THAT(read.notes, IsEmpty());
  const Survey& survey = read.survey;
  EXPECT_EQ(survey.questions.at(0),
            (Question{"Q1",
                      "Tea?",
                      "drinks",
                      {{"A", "Yes", 2.0}, {"X", "No, never", 1.0}, {"C", "Other", 3.0}},
                      Scale::nominal,
                      {}}));
  EXPECT_EQ(survey.questions.at(1).scale, Scale::ordinal);
  EXPECT_EQ(survey.populations.at(0),
            (Population{"p", "Peru", "someone from Peru", {{"country", "Peru"}}}));
  EXPECT_EQ(survey.populations.at(1), (Population{"w", "Women", "a woman", {{"sex", "female"}}}));
  EXPECT_EQ(*survey.items.at(0).observed, (Distribution{0.1, 0.2, 0.7}));  // to the last bit
  EXPECT_EQ(survey.items[0].dontKnow, 0.25);
  EXPECT_EQ(survey.items[0].refused, 0.0);
  EXPECT_EQ(survey.items[1].dontKnow, std::nullopt);

  const std::vector<std::pair<std::string, std::string>> faults = {
      {"Q2,Milk??,,ordinal,x,Men,a man,A,Yes,,1,,,,,,,male\n",
       "a.csv:7: the text, topic or scale of question \"Q2\" differs from that in an earlier row"},
      {"Q2,Milk?,,ordinal,w,Woman,a woman,A,Yes,,1,,,,,,,female\n",
       "the name, phrase or an attribute of population \"w\" differs from that in an earlier row"},
      {"Q3,Milk?,,loose,w,Women,a woman,A,Yes,,1,,,,,,,female\n",
       "the scale is \"loose\", not nominal, ordinal or interval"},
  };
  for (const auto& [row, message] : faults) {
    EXPECT_THAT(test::errorOf([&, &last = row] { readText(header + rows + last, mapping); }),
                HasSubstr(message));
  }
}

struct Shares {
  const char* name;
  const char* key;                // of the column "x"
  std::vector<const char*> rows;  // option and x; d is don't know, r refused
  std::vector<double> observed;
  double dontKnow;
  double refused;
  double respondents;  // 0: not known

  friend void PrintTo(const Shares& one, std::ostream* out) { *out << one.name; }
};

class AggregatedShares : public ::testing::TestWithParam<Shares> {};

TEST_P(AggregatedShares, AreAmongThoseWhoAnswered) {
  std::string csv = "question,population,option,x\n";
  for (const char* row : GetParam().rows) csv += std::string("q,p,") + row + "\n";
  const Read read = readText(csv, tidyMapping + GetParam().key +
                                      " = \"x\"\nscale = \"ordinal\"\n[missing]\n"
                                      "dont_know = [\"d\"]\nrefused = [\"r\", \"s\"]\n");
  const Item& item = read.survey.items.at(0);
  EXPECT_EQ(read.survey.questions[0].scale, Scale::ordinal);
  EXPECT_THAT(*item.observed, Pointwise(DoubleNear(1e-12), GetParam().observed));
  EXPECT_NEAR(item.dontKnow.value_or(0.0), GetParam().dontKnow, 1e-12);
  EXPECT_NEAR(item.refused.value_or(0.0), GetParam().refused, 1e-12);
  EXPECT_EQ(item.respondents.value_or(0.0), GetParam().respondents);
}

const Shares shareCases[] = {
    {"Proportions", "share", {"a,0.25", "b,0.75"}, {0.25, 0.75}, 0, 0, 0},
    {"RoundedProportions",
     "share",
     {"a,0.33", "b,0.33", "c,0.33"},
     {1. / 3, 1. / 3, 1. / 3},
     0,
     0,
     0},
    {"Percents", "percent", {"a,33.3", "b,66.6"}, {1. / 3, 2. / 3}, 0, 0, 0},
    {"PercentsWithNonresponse",
     "percent",
     {"a,20", "b,60", "d,15", "r,5"},
     {0.25, 0.75},
     0.15,
     0.05,
     0},
    {"SharesBesideNonresponse",
     "share",
     {"a,0.25", "b,0.75", "d,0.1", "s,0.1"},
     {0.25, 0.75},
     0.1,
     0.1,
     0},
    {"Counts", "count", {"a,20", "b,60", "d,15", "r,3", "s,2"}, {0.25, 0.75}, 0.15, 0.05, 80},
    {"WeightedCounts", "count", {"a,20.5", "b,61.5"}, {0.25, 0.75}, 0, 0, 0},
};

INSTANTIATE_TEST_SUITE_P(Units, AggregatedShares, ::testing::ValuesIn(shareCases),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(AggregatedTable, TakesTheSampleSizeFromStandardErrors) {
  const std::string rows = "question,population,option,percent,se,n\nq,p,a,20,4,100\nq,p,b,80,4,";
  const std::string mapping = tidyMapping + "percent = \"percent\"\n";
  // 2 * 0.2 * 0.8 / (2 * 0.04^2)
  EXPECT_NEAR(*readText(rows + "\n", mapping).survey.items.at(0).effectiveSampleSize, 100.0, 1e-9);
  const std::string small =
      "question,population,option,share,se,n\nq,p,a,0.2,0.04,50\nq,p,b,0.8,"
      "0.04,50\n";
  EXPECT_EQ(readText(small, tidyMapping).survey.items.at(0).effectiveSampleSize, 50.0);
}

const std::string mappingBySexAndCountry = R"(survey = { language = "en" }
[table]
shape = "aggregated"
all = ["Total"]
[attributes.country]
variable = "country"
[attributes.sex]
variable = "sex"
values = [{ code = "m", name = "male", words = "man" }, { code = "f", name = "female", words = "woman" }]
[[populations]]
by = ["country"]
phrase = "someone from {country}"
[[populations]]
by = ["sex", "country"]
phrase = "a {sex} from {country}"
minimum = 30
[[questions]]
variable = "Q1"
text = "How often do you drink tea?"
topic = "drinks"
scale = "ordinal"
options = [{ code = 1, text = "Often" }, { codes = [2, 3], text = "Never" }]
)";

TEST(AggregatedTable, MakesPopulationsOfAttributesAndQuestionsOfTheMapping) {
  const Read read = readText(
      "question,country,sex,option,share,n\n"
      "Q1,Peru,Total,2,0.4,90\nQ1,Peru,,1,0.6,90\nQ1,Peru,f,1,0.7,50\nQ1,Peru,f,3,0.3,50\n"
      "Q1,Peru,m,1,1,10\nQ2,Peru,m,1,1,10\nQ1,,f,1,1,10\nQ1,Total,Total,1,1,10\n",
      mappingBySexAndCountry);
  ASSERT_THAT(read.survey.items, SizeIs(2));
  EXPECT_EQ(read.survey.questions.at(0).topic, "drinks");
  EXPECT_THAT(*read.survey.items[0].observed, sharesNear({0.6, 0.4}));
  const Population& women = read.survey.populations.at(1);
  EXPECT_EQ(women.id, "female, Peru");
  EXPECT_EQ(women.phrase, "a woman from Peru");
  EXPECT_EQ(women.attributes.at("country"), "Peru");
  EXPECT_THAT(
      read.notes,
      ElementsAre(
          "1 row of questions that the mapping does not use (Q2: 1)",
          "2 rows of populations that the mapping does not use (all together: 1; by sex: 1)",
          HasSubstr("left out for having fewer answers than the minimum: question \"Q1\", "
                    "population \"male, Peru\" (10)")));
  EXPECT_THAT(read.survey.populations, SizeIs(2));
}

TEST(AggregatedTable, NamesQuestionsWithoutARowAndRefusesOneVariableTwice) {
  const std::string more =
      "[[questions]]\nvariable = \"Q7\"\ntext = \"Milk?\"\nscale = \"nominal\"\n";
  const std::string rows = "question,country,sex,option,share\nQ1,Peru,,1,0.4\nQ1,Peru,,2,0.6\n";
  EXPECT_THAT(readText(rows, mappingBySexAndCountry + more).notes,
              ElementsAre("1 question of the mapping without rows: Q7"));
  const std::string again = "id = \"again\"\n";
  EXPECT_THAT(test::errorOf([&] { readText(rows, mappingBySexAndCountry + more + more + again); }),
              HasSubstr("also has the variable \"Q7\"; its rows make one question"));
}

TEST(AggregatedTable, NamesRowsThatCannotBeUsed) {
  const std::string good =
      "question,population,option,share,n,n_eff,value\nq,p,a,0.5,9,8,1\nq,p,b,0.5,9,8,2\n"
      "q,o,a,0.5,9,8,1\n";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"q,o,b,,9,8,2", "a.csv:5: the share is missing"},
      {"q,o,b,x,9,8,2", "a.csv:5: the share is \"x\", not a number"},
      {"q,o,b,-0.5,9,8,2", "a.csv:5: the share is negative: -0.5"},
      {"q,o,b,1e200,9,8,2", "a.csv:5: the share is too large: 1e200"},
      {"q,o,b,0.5,1e200,8,2", "a.csv:5: the n is too large: 1e200"},
      {"q,o,b,0.5,9,8,-1e200", "a.csv:5: the option's value is too large: -1e200"},
      {"q,o,a,0.5,9,8,1", "a.csv:5: the question and population have another row for this option"},
      {"q,o,b,0.5,8,8,2", "a.csv:5: the n is 8, but 9 in an earlier row of the same question"},
      {"q,o,b,0.5,9,7,2", "a.csv:5: the n_eff is 7, but 8"},
      {"q,o,b,0.5,9,8,3", "a.csv:5: the option's value differs from that in an earlier row"},
      {"q,o,b,0.5,9,8,z", "a.csv:5: the option's value is \"z\", not a number"},
      {"q,o,,0.5,9,8,2", "a.csv:5: the option is missing"},
      {"q,o,b,0.4,9,8,2",
       "a.csv:4: question \"q\", population \"o\": the shares sum to 0.9; it should be 1 within "
       "0.01"},
      {"q,o,b,0,9,8,2", "the shares sum to 0.5"},
  };
  for (const auto& [row, message] : cases) {
    const std::string csv = good + row + "\n";
    EXPECT_THAT(test::errorOf([&] { readText(csv, tidyMapping); }), HasSubstr(message)) << row;
    const Read lenient = readText(csv, tidyMapping, true);
    ASSERT_THAT(lenient.survey.items, SizeIs(1)) << row;
    ASSERT_THAT(lenient.skipped, SizeIs(1)) << row;
    EXPECT_EQ(lenient.skipped[0].id, "q");
  }
  for (const auto& [row, message] : {std::pair{",o,b,1,9,8,2", "the question is missing"},
                                     std::pair{"q,,b,1,9,8,2", "the population is missing"}}) {
    const std::string csv = good + "q,o,b,0.5,9,8,2\n" + row + "\n";
    EXPECT_THAT(test::errorOf([&] { readText(csv, tidyMapping); }), HasSubstr(message));
    const Read lenient = readText(csv, tidyMapping, true);
    EXPECT_THAT(lenient.survey.items, SizeIs(2));
    EXPECT_THAT(lenient.skipped, SizeIs(1));
  }
}

TEST(AggregatedTable, NamesWhatIsNoQuestion) {
  const std::string one = "question,population,option,share\nq,p,a,1\nr,p,a,0.5\nr,p,b,0.5\n";
  EXPECT_THAT(test::errorOf([&] { readText(one, tidyMapping); }),
              HasSubstr("a.csv:2: question \"q\" has fewer than two options"));
  EXPECT_THAT(readText(one, tidyMapping, true).skipped, SizeIs(1));
  std::string many = "question,population,option,share\n";
  for (int k = 0; k < 201; ++k) many += "q,p,o" + std::to_string(k) + ",0.005\n";
  EXPECT_THAT(test::errorOf([&] { readText(many, tidyMapping); }),
              HasSubstr("a.csv:202: question \"q\" has more than 200 options"));
}

TEST(AggregatedTable, SaysWhatTheMappingLacksOrCannotHave) {
  const std::string table = "survey = { language = \"en\" }\n[table]\nshape = \"aggregated\"\n";
  const std::string population =
      "[attributes.a]\nvariable = \"a\"\n[[populations]]\nby = [\"a\"]\n"
      "phrase = \"{a}\"\n";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {table,
       "m.toml:2:1: nothing says how a prompt should refer to the populations; write phrase ="},
      {table + "phrase = \"someone\"\n", "m.toml:4:10: "},
      {tidyMapping + "percent = \"p\"\ncount = \"c\"\n", "names both \"percent\" and \"count\""},
      {tidyMapping + "count = \"c\"\nse = \"s\"\n", "standard errors are of shares"},
      {tidyMapping + "respondent = \"c\"\n", "[table] has no key \"respondent\""},
      {tidyMapping + "[design]\nweight = \"w\"\n", "an aggregated table has no use for \"design\""},
      {tidyMapping + population, "\"phrase\" is for a column of populations"},
      {table + population + "[[populations]]\nby = [\"a\"]\nphrase = \"{a}\"\n",
       "are divided by the same attributes"},
      {"survey = { language = \"en\" }\n[table]\nshape = \"narrow\"\n",
       "m.toml:3:9: there is no shape \"narrow\"; a row is a respondent"},
      {"survey = { language = \"en\" }\n[table]\n", "[table] is missing the key \"shape\""},
  };
  for (const auto& [mapping, message] : cases) {
    EXPECT_THAT(test::errorOf([&, &text = mapping] { readText(tidy, text); }), HasSubstr(message))
        << mapping;
  }
  EXPECT_THAT(test::errorOf([&] { readText("question,population,option,x\n", tidyMapping); }),
              HasSubstr("a.csv has no variable \"share\""));
  EXPECT_THAT(test::errorOf([&] { readText("question,population,option,share\n", tidyMapping); }),
              HasSubstr("m.toml: no row of the table yields an item"));
}

}  // namespace
}  // namespace canvass
