#include "prompt/template.h"

#include <nlohmann/json.hpp>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "import/import.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Question trustQuestion{"trust", "Do you trust others?",
                             "",      {{"A", "Yes, I do", {}}, {"B", "No", {}}, {"C", "是", {}}},
                             {},      {}};
const Population japan{"jp", "Japan", "someone from Japan", {}};
const Population japanese{"jp", "日本", "来自日本的人", {}};

// What a base model reads, and the part of it that opens the answer.
struct Rendering {
  const char *name, *language;
  const Population* population;
  const char *asked, *answerPrefix;
};

const Rendering renderings[] = {
    {"paper", "en", &japan,
     "How would someone from Japan answer the following question:\n\n"
     "Do you trust others? \nHere are the options: \n(A)Yes, I do, (B)No, (C)是",
     " If had to select one of the options, my answer would be ("},
    {"paper", "zh", &japanese,
     "来自日本的人会如何回答以下问题：\n\nDo you trust others?\n以下是选项：\n"
     "(A)Yes, I do, (B)No, (C)是",
     " 如果必须从中选择一项，我的回答是("},
    {"question-first", "en", &japan,
     "Do you trust others?\nHere are the options:\n(A)Yes, I do, (B)No, (C)是\n"
     "How would someone from Japan answer this question?",
     " They would answer ("},
    {"question-first", "zh", &japanese,
     "Do you trust others?\n以下是选项：\n(A)Yes, I do, (B)No, (C)是\n"
     "来自日本的人会如何回答这个问题？",
     " 他们的回答是("},
    {"qa", "en", &japan,
     "Question: Which words describe you best?\nAnswer: someone from Japan\n\n"
     "Question: Do you trust others?\n(A) Yes, I do\n(B) No\n(C) 是\n",
     "Answer: ("},
    {"qa", "zh", &japanese,
     "问题：以下哪种描述最符合您？\n回答：来自日本的人\n\n"
     "问题：Do you trust others?\n(A) Yes, I do\n(B) No\n(C) 是\n",
     "回答：("},
    {"bio", "en", &japan,
     "Somebody describes themselves in a sentence and then answers a question of a survey.\n\n"
     "Description: I am someone from Japan.\n\n"
     "Question: Do you trust others?\n(A) Yes, I do\n(B) No\n(C) 是\n",
     "Answer: ("},
    {"portray", "en", &japan,
     "Answer the question below as someone from Japan would answer it.\n\n"
     "Question: Do you trust others?\n(A) Yes, I do\n(B) No\n(C) 是\n",
     "Answer: ("},
    {"interview", "en", &japan,
     "This is the record of an interview for an opinion survey.\n\n"
     "Interviewer: Before we begin, please tell me about yourself.\n"
     "Respondent: I am someone from Japan.\n"
     "Interviewer: Do you trust others? Please choose one of these:\n"
     "(A) Yes, I do\n(B) No\n(C) 是\n",
     "Respondent: ("},
    {"no-population", "en", &japan,
     "Question: Do you trust others?\n(A) Yes, I do\n(B) No\n(C) 是\n", "Answer: ("},
    {"no-population", "zh", &japanese,
     "问题：Do you trust others?\n(A) Yes, I do\n(B) No\n(C) 是\n", "回答：("},
    {"few-shot", "en", &japan,
     "Results of a survey, in percent:\n\n"
     "Question: Is tea good?\nAsked of a woman from Peru:\n(A) Yes: 67 %\n(B) No: 33 %\n\n"
     "How would someone from Japan answer this one?\n\n"
     "Question: Do you trust others?\n(A) Yes, I do\n(B) No\n(C) 是\n",
     "The most common answer: ("},
    {"reasoning", "en", &japan,
     "How would someone from Japan answer this question of a survey?\n\n"
     "Do you trust others?\n(A) Yes, I do\n(B) No\n(C) 是\n\n"
     "First think it through in a few sentences.\nLet me think.\nWhich of the options is it?\n",
     "They would answer ("},
    {"verbalised", "en", &japan,
     "A hundred people, each of them someone from Japan, were asked this question of a survey:\n\n"
     "Do you trust others?\n(A) Yes, I do\n(B) No\n(C) 是\n\n"
     "How many of the hundred chose each option? Write one line for each, such as \"A: 20%\", and "
     "nothing\nelse. The numbers add up to 100.\n",
     ""},
};

const Question tea{"tea", "Is tea good?", "", {{"A", "Yes", {}}, {"B", "No", {}}}, {}, {}};
const Population peruvians{"pe", "Peru", "a woman from Peru", {}};
const Distribution teaInPeru = {0.668, 0.332};
const std::vector<Evidence> evidence = {{&tea, &peruvians, &teaInPeru}};

TEST(Template, RendersTheseBytes) {
  for (const Rendering& expected : renderings) {
    const Prompt prompt =
        findTemplate(expected.name)
            .render(trustQuestion, *expected.population, expected.language, evidence);
    EXPECT_EQ(prompt.answerPrefix, expected.answerPrefix) << expected.name;
    EXPECT_EQ(plainText(prompt), std::string(expected.asked) + expected.answerPrefix)
        << expected.name << " " << expected.language;
    EXPECT_THAT(prompt.labels, ElementsAre("A", "B", "C"));
  }
}

TEST(Template, IsRenderedAboveInEveryLanguageItHas) {
  std::set<std::pair<std::string, std::string>> missing;
  for (const std::string& name : templateNames()) {
    for (const std::string& language : findTemplate(name).languages()) {
      missing.emplace(name, language);
    }
  }
  for (const Rendering& one : renderings) missing.erase({one.name, one.language});
  EXPECT_THAT(missing, ::testing::IsEmpty());
}

TEST(Template, IsFoundByItsName) {
  EXPECT_THAT(templateNames(),
              ElementsAre("paper", "question-first", "qa", "bio", "portray", "interview",
                          "no-population", "few-shot", "reasoning", "verbalised"));
  for (const std::string& name : templateNames()) {
    EXPECT_EQ(findTemplate(name).name(), name);
    EXPECT_FALSE(findTemplate(name).description().empty()) << name;
  }
  EXPECT_THAT(
      errorOf([] { findTemplate("Paper"); }),
      AllOf(HasSubstr("\"Paper\""), HasSubstr("paper, question-first"), HasSubstr(".toml")));
}

TEST(Template, IsTakenFromAFile) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("mine.toml", templateText("bio"));
  const Template& mine = findTemplate(path.string());
  EXPECT_EQ(mine.name(), path.string());
  EXPECT_EQ(plainText(mine.render(trustQuestion, japan, "en")),
            plainText(findTemplate("bio").render(trustQuestion, japan, "en")));
  EXPECT_THAT(errorOf([] { findTemplate("none.toml"); }), HasSubstr("none.toml"));
}

// Nothing remembers a name: each caller has the template that the file was when it asked.
TEST(Template, OfAFileThatChangesIsTheNewOne) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("mine.toml", templateText("bio"));
  const Template before = findTemplate(path.string());
  folder.write("mine.toml", templateText("qa"));
  const Template after = findTemplate(path.string());
  EXPECT_EQ(before.description(), findTemplate("bio").description());
  EXPECT_EQ(after.description(), findTemplate("qa").description());
}

TEST(Template, SaysHowItIsReadAndWhatItShows) {
  EXPECT_EQ(findTemplate("paper").reading(), Reading::firstToken);
  EXPECT_EQ(findTemplate("verbalised").reading(), Reading::percentages);
  EXPECT_EQ(findTemplate("paper").evidenceWanted(), 0u);
  EXPECT_EQ(findTemplate("few-shot").evidenceWanted(), 3u);
  EXPECT_FALSE(findTemplate("paper").render(trustQuestion, japan, "en").thoughts);
  const Prompt thinking = findTemplate("reasoning").render(trustQuestion, japan, "en");
  ASSERT_TRUE(thinking.thoughts);
  EXPECT_EQ(thinking.thoughts->maxTokens, 200u);
  EXPECT_EQ(thinking.turns.at(thinking.thoughts->turn).content, "Let me think.");
}

TEST(Template, NeedsAWordingInTheLanguage) {
  for (const std::string& name : templateNames()) {
    EXPECT_THAT(errorOf([&] { findTemplate(name).render(trustQuestion, japan, "fr"); }),
                AllOf(HasSubstr("'" + name + "'"), HasSubstr("'fr'"), HasSubstr("en")));
  }
}

TEST(Template, NeedsWordsForThePopulationWhereItShowsThem) {
  const Population unnamed{"jp-f", "Japan, women", "", {}};
  for (const std::string& name : templateNames()) {
    const auto render = [&] { findTemplate(name).render(trustQuestion, unnamed, "en"); };
    if (name == "no-population") {
      EXPECT_NO_THROW(render());
    } else {
      EXPECT_THAT(errorOf(render), AllOf(HasSubstr("'jp-f'"), HasSubstr("no phrase"))) << name;
    }
  }
}

// All populations of a question share everything before their own words.
TEST(QuestionFirst, HasOnePrefixForAllPopulations) {
  const Template& questionFirst = findTemplate("question-first");
  const std::string first = plainText(questionFirst.render(trustQuestion, japan, "en"));
  const std::string second = plainText(questionFirst.render(trustQuestion, peruvians, "en"));
  const std::size_t shared = first.find(japan.phrase);
  EXPECT_EQ(first.substr(0, shared), second.substr(0, shared));
}

std::string joined(const Json& options) {
  std::string list;
  for (const Json& option : options) {
    list += (list.empty() ? "" : ", ") + option.get<std::string>();
  }
  return list;
}

std::size_t comparePrompts(const std::string& name, const std::string& answerPrefix) {
  const auto path = test::sharedDataFolder() / name;
  const Survey survey = loadSurvey(path);
  const Json records = parseJson(readFile(path), path.string());
  EXPECT_EQ(survey.items.size(), records.size());
  std::size_t differences = 0;
  for (std::size_t i = 0; i < std::min(survey.items.size(), records.size()); ++i) {
    const Json& record = records.at(i);
    const Item& item = survey.items[i];
    const Prompt prompt = findTemplate("paper").render(survey.questionOf(item),
                                                       survey.populationOf(item), survey.language);
    const std::string expected = record.at("instruction").get<std::string>() +
                                 record.at("input").get<std::string>() +
                                 joined(record.at("options"));
    EXPECT_EQ(prompt.answerPrefix, answerPrefix);
    const std::string& asked = prompt.turns.at(0).content;
    if (asked == expected || ++differences > 3) continue;
    ADD_FAILURE() << name << ", record " << i + 1 << ": " << asked << "\n!= " << expected;
  }
  return records.size();
}

TEST(Paper, GivesTheReferencePromptsBackByteForByte) {
  CANVASS_NEEDS_SHARED_DATA();
  const std::string english = " If had to select one of the options, my answer would be (";
  EXPECT_EQ(comparePrompts("wvs7/train.json", english), 5182u);
  EXPECT_EQ(comparePrompts("wvs7/valid.json", english), 1148u);
  EXPECT_EQ(comparePrompts("wvs7/valid_zh.json", " 如果必须从中选择一项，我的回答是("), 1252u);
}

}  // namespace
}  // namespace canvass
