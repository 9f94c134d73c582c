#include "import/opinionqa/opinionqa.h"

#include <fmt/format.h>

#include "import/imported_items.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::itemOf;
using ::testing::Contains;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

const std::string infoHeader =
    ",Unnamed: 0,key,option_mapping,question,references,option_ordinal\n";
const std::string safe =
    "0,0,SAFE_W26,\"{1.0: 'Safe', 2.0: \"\"Isn't safe\"\", 99.0: 'Refused'}\",\"How safe, if at "
    "all?\",\"['Safe', \"\"Isn't safe\"\", 'Refused']\",\"[1.0, 2.0]\"\n";
const std::string future =
    "1,1,FUTURE_W26,\"{}\",Next year?,\"['Better', 'Worse', 'The same', \"\"Don't know\"\", "
    "'Refused']\",\"[1.0, 2.0, 1.5]\"\n";
const std::string sexes = ",key,options\n0,SEX,\"['Male', 'Female']\"\n";

// A wave's folder with 120 respondents: 60 men, 60 women, of whom every third weighs 2.
class Opinionqa : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& name = "American_Trends_Panel_W26") {
    folder_.write(name + "/info.csv", info_);
    folder_.write(name + "/metadata.csv", metadata_);
    folder_.write(name + "/responses.csv", responses_);
    return folder_.path() / name;
  }
  ImportResult import() { return importOpinionqa({write()}, options_); }

  static std::string respondents() {
    std::string text = ",QKEY,SEX,SAFE_W26,FUTURE_W26,WEIGHT_W26,WEIGHT_W25W26\n";
    for (int i = 0; i < 120; ++i) {
      const char* answer = i % 12 == 0 ? "Refused" : i % 4 == 1 ? "Isn't safe" : "Safe";
      const char* later = i % 4 == 0 ? "" : i % 5 == 0 ? "Don't know" : "The same";
      text += fmt::format("{},{},{},{},{},{},\n", i, i + 1000, i < 60 ? "Male" : "Female", answer,
                          later, i % 3 == 0 ? 2.0 : 1.0);
    }
    return text;
  }

  test::TemporaryFolder folder_;
  ImportOptions options_;
  std::string info_ = infoHeader + safe + future;
  std::string metadata_ = sexes;
  std::string responses_ = respondents();
};

// A key of wave 43 is one column for five wordings.
TEST_F(Opinionqa, LeavesOutAKeyWithSeveralWordings) {
  std::string another = safe;
  another.replace(another.find("How safe"), 8, "And how safe");
  info_ = infoHeader + safe + another + future + another;
  const ImportResult result = import();
  ASSERT_THAT(result.survey.questions, SizeIs(1));
  EXPECT_EQ(result.survey.questions[0].id, "FUTURE_W26");
  EXPECT_THAT(result.notes, Contains(HasSubstr("1 question left out because the wave gives it "
                                               "several wordings, and does not say who was asked "
                                               "which: SAFE_W26")));
  info_ = infoHeader + safe + safe + future;
  EXPECT_THAT(test::errorOf([&] { import(); }), HasSubstr("the key SAFE_W26 appears twice"));
}

// What follows the texts with a position: an answer apart, don't know in other words, a refusal.
TEST_F(Opinionqa, TellsAnAnswerApartFromRefusals) {
  std::string more = safe;
  more.replace(more.find("'Refused']"), 10,
               "'Other view', \"\"I don't know the answer\"\", 'Refused/Web blank']");
  info_ = infoHeader + more;
  responses_ = ",QKEY,SEX,SAFE_W26,WEIGHT_W26\n";
  const char* answers[] = {"Safe", "Other view", "I don't know the answer", "Refused/Web blank"};
  for (int i = 0; i < 200; ++i) {
    responses_ += fmt::format("{0},{0},Male,{1},1\n", i, answers[i % 4]);
  }
  const ImportResult result = import();
  const Question& question = result.survey.questions.at(0);
  ASSERT_THAT(question.options, SizeIs(3));
  EXPECT_EQ(question.options[2].text, "Other view");
  EXPECT_EQ(question.scale, Scale::nominal);
  const Item& item = itemOf(result.survey, "SAFE_W26", "SEX = Male");
  EXPECT_THAT(*item.observed, ElementsAre(0.5, 0.0, 0.5));
  EXPECT_THAT(item.dontKnow, Optional(DoubleNear(0.25, 1e-12)));
  EXPECT_THAT(item.refused, Optional(DoubleNear(0.25, 1e-12)));
}

TEST_F(Opinionqa, TabulatesByGroupsAndWeights) {
  const ImportResult result = import();
  const Survey& survey = result.survey;
  EXPECT_EQ(survey.name, "American_Trends_Panel_W26");
  EXPECT_EQ(survey.questions.at(0).text, "How safe, if at all?");
  EXPECT_EQ(survey.questions[0].options[1].text, "Isn't safe");
  EXPECT_EQ(survey.questions[0].options[1].value, 2.0);
  ASSERT_THAT(survey.populations, SizeIs(3));
  EXPECT_EQ(survey.populations[0].phrase, "someone in the United States");
  EXPECT_EQ(survey.populations[1], (Population{"SEX = Male",
                                               "SEX = Male",
                                               "someone in the United States who is male",
                                               {{"SEX", "Male"}}}));
  // Of 60 men 5 refused (0, 12 ... 48), all of weight 2; 15 of the others say "Isn't safe", of
  // whom 5 (9, 21 ... 57) weigh 2.
  const Item& men = itemOf(survey, "SAFE_W26", "SEX = Male");
  EXPECT_EQ(men.respondents, 55.0);
  EXPECT_THAT((*men.observed)[1], DoubleNear(20.0 / 70.0, 1e-12));
  EXPECT_THAT(men.refused, Optional(DoubleNear(10.0 / 80.0, 1e-12)));
  EXPECT_EQ(men.dontKnow, 0.0);
  EXPECT_THAT(men.effectiveSampleSize, Optional(DoubleNear(70.0 * 70.0 / (40.0 + 15 * 4.0), 1e-9)));
  EXPECT_THAT(result.skipped, IsEmpty());
}

TEST_F(Opinionqa, ArrangesOptionsAndKeepsWhatIsNoAnswerApart) {
  const ImportResult result = import();
  const Question& question = result.survey.questions.at(1);
  EXPECT_EQ(question.options[1].text, "The same");
  EXPECT_THAT(result.notes, Contains(HasSubstr("arranged along their scale: FUTURE_W26")));
  const Item& all = itemOf(result.survey, "FUTURE_W26", "United States");
  EXPECT_THAT(*all.observed, ElementsAre(0.0, 1.0, 0.0));
  EXPECT_GT(*all.dontKnow, 0.0);
  EXPECT_EQ(all.respondents, 72.0);  // 90 were asked, of whom 18 do not know
}

TEST_F(Opinionqa, LeavesSmallGroupsOutByName) {
  metadata_ = ",key,options\n0,SEX,\"['Male', 'Female']\"\n1,QKEY,\"['1000', '1001']\"\n";
  EXPECT_THAT(import().notes, Contains(HasSubstr("QKEY = 1000 (1 of at least 50)")));
}

TEST_F(Opinionqa, SaysWhereThereIsNoWeight) {
  for (std::size_t at; (at = responses_.find("WEIGHT")) != std::string::npos;) {
    responses_.replace(at, 6, "HEIGHT");
  }
  EXPECT_THAT(import().notes,
              Contains(HasSubstr("no weight is used: every respondent counts equally")));
}

TEST_F(Opinionqa, MergesWaves) {
  const auto first = write();
  const auto replace = [](std::string text) {
    for (std::size_t at; (at = text.find("_W26")) != std::string::npos;)
      text.replace(at, 4, "_W27");
    return text;
  };
  info_ = replace(info_);
  responses_ = replace(responses_);
  const ImportResult result = importOpinionqa({first, write("American_Trends_Panel_W27")}, {});
  EXPECT_EQ(result.survey.name, "American_Trends_Panel_W26 + American_Trends_Panel_W27");
  EXPECT_THAT(result.survey.questions, SizeIs(4));
  EXPECT_THAT(result.survey.populations, SizeIs(3));
  EXPECT_THAT(result.notes, Contains("American_Trends_Panel_W27: 120 respondents read"));
}

TEST_F(Opinionqa, TakesWhatTheFormatDoesNotSayFromTheOptions) {
  options_.name = "Panel";
  options_.source = "Santurkar et al. 2023";
  options_.nominalQuestions = {"FUTURE_W26"};
  const Survey survey = import().survey;
  EXPECT_EQ(survey.name, "Panel");
  EXPECT_EQ(survey.source, "Santurkar et al. 2023");
  EXPECT_EQ(survey.questions[1].scale, Scale::nominal);
  options_.mapping = "mapping.toml";
  EXPECT_THAT(test::errorOf([&] { import(); }), HasSubstr("opinionqa makes its own mapping"));
}

struct BadQuestion {
  const char* name;
  std::string line;
  std::string reason;
};

class BadOpinionqaQuestion : public Opinionqa, public ::testing::WithParamInterface<BadQuestion> {};

TEST_P(BadOpinionqaQuestion, EndsTheImportByPlaceOrIsLeftOut) {
  info_ = infoHeader + safe + GetParam().line;
  EXPECT_THAT(test::errorOf([&] { import(); }), HasSubstr("info.csv:3: " + GetParam().reason));
  options_.skipInvalid = true;
  const ImportResult result = import();
  EXPECT_THAT(result.survey.questions, SizeIs(1));
  ASSERT_THAT(result.skipped, SizeIs(1));
  EXPECT_EQ(result.skipped[0].record, 2u);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadOpinionqaQuestion,
    ::testing::Values(
        BadQuestion{"Repeated", safe, "the key SAFE_W26 appears twice"},
        BadQuestion{"NoKey", "1,1,,{},Why?,\"['a', 'b']\",\"[1, 2]\"\n", "key is empty"},
        BadQuestion{"NoText", "1,1,K_W26,{},,\"['a', 'b']\",\"[1, 2]\"\n",
                    "the question has no text"},
        BadQuestion{"Literal", "1,1,K_W26,{},Why?,\"['a', 'b'\",\"[1, 2]\"\n",
                    "references is not a Python literal at column 10: a comma or ] was expected"},
        BadQuestion{"MorePlaces", "1,1,K_W26,{},Why?,\"['a', 'b']\",\"[1, 2, 3]\"\n",
                    "option_ordinal has 3 positions, but references has 2 texts"},
        BadQuestion{"OneOption", "1,1,K_W26,{},Why?,\"['a', 'Refused']\",[1]\n",
                    "there are fewer than two options"},
        BadQuestion{"Twice", "1,1,K_W26,{},Why?,\"['a', 'a ']\",\"[1, 2]\"\n",
                    "references has the same text twice"}),
    [](const auto& one) { return one.param.name; });

TEST_F(Opinionqa, BadRespondentsAreNamed) {
  responses_ += "120,9,Male,Perhaps,,1.0,\n";
  EXPECT_THAT(
      test::errorOf([&] { import(); }),
      HasSubstr(
          "responses.csv:122: question \"SAFE_W26\": code \"Perhaps\" is not one of its options"));
  options_.skipInvalid = true;
  EXPECT_THAT(import().skipped, SizeIs(1));
}

TEST_F(Opinionqa, RefusesOtherInput) {
  const auto file = folder_.write("responses.csv", responses_);
  EXPECT_THAT(test::errorOf([&] { importOpinionqa({file}, {}); }),
              HasSubstr("this is not a folder; name the folder of a wave"));
  responses_ = ",SEX,SAFE_W26,FUTURE_W26,WEIGHT_W1,WEIGHT_W2\n0,Male,Safe,,1,1\n";
  EXPECT_THAT(test::errorOf([&] { import(); }),
              HasSubstr("it is not clear which column is the weight: WEIGHT_W1, WEIGHT_W2"));
  metadata_ = ",key,options\n0,SEX,\"['Male'\"\n";
  responses_ = respondents();
  EXPECT_THAT(test::errorOf([&] { import(); }),
              HasSubstr("metadata.csv:2: options is not a Python literal at column 8"));
}

}  // namespace
}  // namespace canvass
