#include <fmt/format.h>

#include "prompt/template.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Question teaQuestion{
    "q1", "Is tea good?", "drinks", {{"A", "Yes", 1.0}, {"B", "No", 2.0}}, Scale::interval, {}};
const Population women{
    "jp-f", "Women in Japan", "a woman from Japan", {{"country", "Japan"}, {"sex", "female"}}};

// A template that asks with this text.
std::string templateAsking(const std::string& text) {
  return fmt::format(
      "description = \"mine\"\n"
      "[[wording.en]]\n"
      "role = \"user\"\n"
      "text = \"\"\"\n"
      "{}\"\"\"\n"
      "[[wording.en]]\n"
      "role = \"assistant\"\n"
      "text = \"(\"\n",
      text);
}

std::string rendered(const std::string& text) {
  return Template::parse(templateAsking(text), "mine", "mine.toml")
      .render(teaQuestion, women, "en")
      .turns.at(0)
      .content;
}

TEST(TemplateFile, ShowsEveryField) {
  const struct {
    const char *text, *shown;
  } cases[] = {
      {"{{ question.id }} {{ question.topic }} {{ question.scale }}", "q1 drinks interval"},
      {"{{ population.id }}: {{ population.name }}", "jp-f: Women in Japan"},
      {"{{ population.attributes.sex }} {{ population.attributes['country'] }}", "female Japan"},
      {"{% for name, value in population.attributes.items() %}{{ name }}={{ value }};{% endfor %}",
       "country=Japan;sex=female;"},
      {"{% for option in options %}{{ option.value }} {% endfor %}", "1.0 2.0 "},
      {"{{ option_list }}", "(A)Yes, (B)No"},
      {"{{ language }}", "en"},
      {"{{ evidence | length }}", "0"},
      {"{% if population.attributes.age is defined %}old{% else %}ageless{% endif %}", "ageless"},
      {"two\nlines\n", "two\nlines\n"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(rendered(text), shown) << text;
}

TEST(TemplateFile, MayCallTheOptionsByOtherLabels) {
  const std::string text = "labels = [\"1\", \"2\", \"3\"]\n" + templateAsking("{{ option_list }}");
  const Template numbered = Template::parse(text, "mine", "mine.toml");
  const Prompt prompt = numbered.render(teaQuestion, women, "en");
  EXPECT_EQ(prompt.turns.at(0).content, "(1)Yes, (2)No");
  EXPECT_THAT(prompt.labels, ElementsAre("1", "2"));
  Question longer = teaQuestion;
  longer.options.resize(4, {"D", "Maybe", 3.0});
  EXPECT_THAT(errorOf([&] { numbered.render(longer, women, "en"); }),
              AllOf(HasSubstr("labels for 3 options, the question has 4"), HasSubstr("q1")));
}

TEST(TemplateFile, FaultsOfTheTextNameLineAndPlace) {
  const struct {
    const char* text;
    std::vector<const char*> parts;
  } cases[] = {
      {"Who?\n{{ question.txt }}", {"mine.toml:6", "txt", "{{ question.txt }}", "^"}},
      {"{{ popluation.name }}", {"mine.toml:5", "'popluation' is undefined", "^"}},
      {"{% if population.attributes.age %}old{% endif %}", {"mine.toml:5", "age", "^"}},
      {"{% for x in question.examples %}x{% endfor %}", {"mine.toml:5", "examples", "^"}},
      {"\n\n{% for option in options %}", {"mine.toml:7"}},
      {"{{ question.text | upcase }}", {"mine.toml:5", "upcase", "^"}},
  };
  for (const auto& [text, parts] : cases) {
    const std::string message = errorOf([&] { rendered(text); });
    for (const char* part : parts) EXPECT_THAT(message, HasSubstr(part)) << text;
  }
}

TEST(TemplateFile, FaultsOfTheFormNameWhereAndWhatToDo) {
  const std::string turns =
      "[[wording.en]]\nrole = \"user\"\ntext = \"?\"\n"
      "[[wording.en]]\nrole = \"assistant\"\ntext = \"(\"\n";
  const std::string head = "description = \"mine\"\n";
  const struct {
    std::string text;
    std::vector<const char*> parts;
  } cases[] = {
      {"description = mine\n" + turns, {"mine.toml:1:"}},
      {turns, {"is missing the key \"description\""}},
      {head + "tone = \"kind\"\n" + turns, {"mine.toml:2:1", "\"tone\"", "the known keys are"}},
      {head + "reads = \"letters\"\n" + turns, {"mine.toml:2:", "first-token", "percentages"}},
      {head + "evidence = 0\n" + turns, {"mine.toml:2:", "from 1 to 100"}},
      {head + "labels = [\"1\", \"1\"]\n" + turns, {"mine.toml:2:", "\"1\" appears twice"}},
      {head + "labels = \"12\"\n" + turns, {"mine.toml:2:", "list of texts"}},
      {head, {"is missing the key \"wording\""}},
      {head + "[[wording.en]]\nrole = \"user\"\ntext = \"?\"\n",
       {"mine.toml:2:", "the last turn is not the assistant's", "opens the answer"}},
      {head + "[[wording.en]]\nrole = \"assistant\"\ntext = \"(\"\n",
       {"no turn before the answer"}},
      {head + "[[wording.en]]\nrole = \"guest\"\ntext = \"?\"\n",
       {"mine.toml:3:", "no role \"guest\"", "\"assistant\""}},
      {head + "[[wording.en]]\nrole = \"user\"\n" + turns, {"is missing the key \"text\""}},
      {head + "[[wording.en]]\nrole = \"user\"\ntext = \"?\"\nwrites = 9\n" + turns,
       {"mine.toml:5:", "only the assistant's"}},
      {head + turns + "writes = 9\n", {"before the one that opens the answer"}},
      {head + "[wording]\nen = \"?\"\n", {"mine.toml:3:", "[[wording.en]]"}},
  };
  for (const auto& [text, parts] : cases) {
    const std::string message = errorOf([&] { Template::parse(text, "mine", "mine.toml"); });
    for (const char* part : parts) EXPECT_THAT(message, HasSubstr(part)) << text;
  }
}

}  // namespace
}  // namespace canvass
