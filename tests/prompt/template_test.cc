#include "prompt/template.h"

#include <nlohmann/json.hpp>

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

const Question question{"trust", "Do you trust others?",
                        "",      {{"A", "Yes, I do", {}}, {"B", "No", {}}, {"C", "是", {}}},
                        {},      {}};
const Population japan{"jp", "Japan", "someone from Japan", {}};
const Population japanese{"jp", "日本", "来自日本的人", {}};

struct Rendering {
  const char *name, *language;
  const Population* population;
  const char *user, *answerPrefix;
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
};

TEST(Template, RendersTheseBytes) {
  for (const Rendering& expected : renderings) {
    const Prompt prompt =
        findTemplate(expected.name).render(question, *expected.population, expected.language);
    EXPECT_EQ(prompt.user, expected.user) << expected.name << " " << expected.language;
    EXPECT_EQ(prompt.answerPrefix, expected.answerPrefix) << expected.name;
  }
}

TEST(Template, IsFoundByItsName) {
  EXPECT_THAT(templateNames(), ElementsAre("paper", "question-first"));
  for (const std::string& name : templateNames()) EXPECT_EQ(findTemplate(name).name(), name);
  EXPECT_THAT(errorOf([] { findTemplate("Paper"); }),
              AllOf(HasSubstr("'Paper'"), HasSubstr("paper, question-first")));
}

TEST(Template, NeedsAWordingInTheLanguage) {
  for (const std::string& name : templateNames()) {
    EXPECT_THAT(errorOf([&] { findTemplate(name).render(question, japan, "fr"); }),
                AllOf(HasSubstr("'" + name + "'"), HasSubstr("'fr'"), HasSubstr("en, zh")));
  }
}

TEST(Template, NeedsWordsForThePopulation) {
  const Population unnamed{"jp-f", "Japan, women", "", {}};
  for (const std::string& name : templateNames()) {
    EXPECT_THAT(errorOf([&] { findTemplate(name).render(question, unnamed, "en"); }),
                AllOf(HasSubstr("'jp-f'"), HasSubstr("no phrase")));
  }
}

// All populations of a question share everything before their own words.
TEST(QuestionFirst, HasOnePrefixForAllPopulations) {
  const Template& questionFirst = findTemplate("question-first");
  const std::string first = questionFirst.render(question, japan, "en").user;
  const std::string second =
      questionFirst.render(question, {"pe", "Peru", "a woman from Peru", {}}, "en").user;
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
    if (prompt.user == expected || ++differences > 3) continue;
    ADD_FAILURE() << name << ", record " << i + 1 << ": " << prompt.user << "\n!= " << expected;
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
