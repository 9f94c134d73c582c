// A chat template is a program of a stranger: whatever it does, it ends soon, in little memory, and
// with an Error that names its line; and what real templates do is far from every limit.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "jinja/budget.h"
#include "jinja/jinja_template.h"
#include "support/test_support.h"

namespace canvass {
namespace {

std::string times(int count, std::string_view part) {
  std::string text;
  for (int i = 0; i < count; ++i) text += part;
  return text;
}

std::string rendered(const std::string& text, const std::map<std::string, Json>& variables = {}) {
  return jinja::JinjaTemplate(text, "hostile.jinja").render(variables, [] { return std::tm{}; });
}

struct Hostile {
  const char* name;
  std::string text;
  const char* message;
};

void PrintTo(const Hostile& hostile, std::ostream* stream) { *stream << hostile.name; }

constexpr const char* tooLongText = "the text becomes longer than 16,777,216 bytes";
constexpr const char* tooLongList = "the list becomes longer than 1,000,000 items";
constexpr const char* tooManySteps = "does not end within 4,000,000 steps";
constexpr const char* tooManyBrackets = "nests more than 200 brackets or blocks";
constexpr const char* tooManyExpressions = "nests more than 500 expressions";
constexpr const char* tooDeepRunning = "calls itself too deeply";
constexpr const char* tooDeepValues = "values are nested too deeply";
constexpr const char* tooLargeInteger = "does not fit into 64 bits";

// A text of a million bytes, s; a list of 100,000 items, l.
const std::string bigText = "{% set s = 'a' * 1000000 %}";
const std::string bigList = "{% set l = [1] * 100000 %}";
const std::string manyTimes = "{% for i in range(100000) %}";
// A list that holds itself twice, and so on: 2^30 values to walk, of 30 lists.
const std::string twice = "{% set l = [1] %}" + times(30, "{% set l = [l, l] %}");

const Hostile growing[] = {
    {"RepeatedText", "{{ 'a' * 10**9 }}", tooLongText},
    {"RepeatedTextByTheLargestInteger", "{{ 'abc' * 9223372036854775807 }}", tooLongText},
    {"RepeatedList", "{{ [0] * 10**9 }}", tooLongList},
    {"RepeatedListOfTexts", bigText + "{{ [s] * 1000000 }}", tooManySteps},
    {"RepeatedTuple", "{{ 10**9 * (0, 1) }}", tooLongList},
    {"DoubledText",
     "{% set n = namespace(s='ab') %}" + manyTimes + "{% set n.s = n.s ~ n.s %}{% endfor %}",
     tooManySteps},
    {"AddedText",
     "{% set n = namespace(s='ab') %}" + manyTimes + "{% set n.s = n.s + n.s %}{% endfor %}",
     tooLongText},
    {"DoubledList",
     "{% set n = namespace(l=[0]) %}" + manyTimes + "{% set n.l = n.l + n.l %}{% endfor %}",
     tooLongList},
    {"CapturedText",
     "{% set n = namespace(s='ab') %}" + manyTimes +
         "{% set t %}{{ n.s }}{{ n.s }}{% endset %}{% set n.s = t %}{% endfor %}",
     tooManySteps},
    {"Join", bigText + bigList + "{{ l|join(s) }}", tooLongText},
    {"JoinMethod", bigText + "{{ s.join('a' * 100) }}", tooLongText},
    {"Replace", bigText + "{{ s|replace('a', s) }}", tooLongText},
    {"ReplaceMethod", bigText + "{{ s.replace('a', s) }}", tooLongText},
    {"Indent", bigText + "{{ ('\\n' * 1000)|indent(s, blank=true) }}", tooLongText},
    {"IndentByTheLargestInteger", "{{ 'a'|indent(9223372036854775807) }}", tooLongText},
    {"JsonIndent", "{{ [[[1]]]|tojson(indent=9223372036854775807) }}", tooLongText},
    {"JsonIndentOfManyLevels", bigText + "{{ [[[[[[[[1]]]]]]]]|tojson(indent=s) }}", tooLongText},
    {"JsonSeparators", bigText + bigList + "{{ l|tojson(separators=(s, s)) }}", tooLongText},
    {"TextOfListOfTexts", bigText + "{{ [s] * 40 }}", tooLongText},
    {"JsonOfListOfTexts", bigText + "{{ ([s] * 100)|tojson }}", tooManySteps},
    {"Output", bigText + manyTimes + "{{ s }}{% endfor %}", tooLongText},
    {"Range", "{{ range(10**12)|length }}", "the range is longer than 100,000"},
    {"NestedRanges", manyTimes + manyTimes + "{% endfor %}{% endfor %}", tooManySteps},
    {"RangeOfNothing", manyTimes + "{% if range(100000) %}{% endif %}{% endfor %}", tooManySteps},
    {"TimeFormat", "{{ strftime_now('%c' * 1000) }}", "the format of the time is too long"},
};

const Hostile walking[] = {
    {"PrintTwice", twice + "{{ l }}", tooManySteps},
    {"JsonTwice", twice + "{{ l|tojson }}", tooManySteps},
    {"EqualTwice",
     twice + "{% set m = l %}" + times(30, "{% set l = [l, l] %}") +
         times(30, "{% set m = [m, m] %}") + "{{ l == m }}",
     tooManySteps},
    {"LessTwice",
     "{% set l = [1] %}{% set m = [1] %}" + times(30, "{% set l = [l, l] %}{% set m = [m, m] %}") +
         "{{ l < m }}",
     tooManySteps},
    {"HashTwice", "{% set l = (1,) %}" + times(30, "{% set l = (l, l) %}") + "{{ l in {} }}",
     tooManySteps},
    {"ManyComparisons",
     bigList + "{{ l|map('string')|unique|list }}" + "{{ range(100000)|unique|list }}",
     tooManySteps},
    {"ManySorts", manyTimes + "{% set x = range(100000)|sort %}{% endfor %}", tooManySteps},
    {"ManyIndices", bigText + manyTimes + "{% set x = s[i] %}{% endfor %}", tooManySteps},
    {"ManySlices", bigText + manyTimes + "{% set x = s[i:] %}{% endfor %}", tooManySteps},
    {"ManySearches", bigText + manyTimes + "{% set x = 'b' in s %}{% endfor %}", tooManySteps},
    {"SearchOfALongPart", bigText + manyTimes + "{% set x = (s[1:] ~ 'b') in s %}{% endfor %}",
     tooManySteps},
    {"ManyLengths", bigText + manyTimes + "{% set x = s|length %}{% endfor %}", tooManySteps},
    {"ManyTests",
     bigText + bigList + "{{ l|select('equalto', s)|list }}" + manyTimes +
         "{% if s == s %}{% endif %}{% endfor %}",
     tooManySteps},
    {"ManyFilters", bigText + bigList + "{{ l|map('replace', s, s)|list }}", tooManySteps},
    {"ManyStrips", bigText + manyTimes + "{% set x = s.strip(s) %}{% endfor %}", tooManySteps},
    {"ManySplits", bigText + manyTimes + "{% set x = s.split('a') %}{% endfor %}", tooManySteps},
    {"ManyCharacters", bigText + manyTimes + "{% for c in s %}{% endfor %}{% endfor %}",
     tooManySteps},
    {"ManyMacros", manyTimes + "{% macro m() %}{% endmacro %}{% set s = 'a' * 1000 %}{% endfor %}",
     tooManySteps},
    {"ManyMethods", bigText + manyTimes + "{% set x = s.upper %}{% endfor %}", tooManySteps},
    {"ManyUndefined", bigText + "{% set d = {} %}{% set u = [d[s]] * 100000 %}", tooManySteps},
    {"LargeDictionary",
     "{% set d = {" + times(100'000, "1:1,") + "} %}{% set e = {" +
         [] {
           std::string entries;
           for (int i = 0; i < 20'000; ++i) entries += std::to_string(i) + ":1,";
           return entries;
         }() +
         "} %}",
     tooManySteps},
};

const Hostile recursing[] = {
    {"Macro", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", tooDeepRunning},
    {"MutualMacros",
     "{% macro a() %}{{ b() }}{% endmacro %}"
     "{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
     tooDeepRunning},
    {"MacroInItsDefault", "{% macro m(x=m()) %}{% endmacro %}{{ m() }}", tooDeepRunning},
    {"MacroInALoop",
     "{% macro m() %}{% for x in [1] %}{{ m() }}{% endfor %}{% endmacro %}"
     "{{ m() }}",
     tooDeepRunning},
    {"BranchingMacro",
     "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
     "{% endmacro %}{{ m(60) }}",
     tooManySteps},
    {"ListInItself",
     "{% set n = namespace(x=1) %}" + manyTimes + "{% set n.x = [n.x] %}{% endfor %}",
     tooDeepValues},
    {"DictionaryInItself",
     "{% set n = namespace(x=1) %}" + manyTimes + "{% set n.x = {'x': n.x} %}{% endfor %}",
     tooDeepValues},
    {"NamespaceInItself", "{% set n = namespace() %}{% set n.n = n %}", "cannot hold a namespace"},
    {"NamespaceInItsList", "{% set n = namespace() %}{% set n.n = [[n]] %}",
     "cannot hold a namespace"},
    {"NamespaceInItsMethod", "{% set n = namespace() %}{% set n.n = {'n': n}.get %}",
     "cannot hold a namespace"},
    {"NamespaceInItsDict", "{% set n = namespace() %}{% set n.n = dict({'n': n}) %}",
     "cannot hold a namespace"},
    {"RecursiveLoop", "{% for x in [[1]] recursive %}{{ loop(x) }}{% endfor %}",
     "recursive loops are not supported"},
};

const Hostile calculating[] = {
    {"Power", "{{ 10**100 }}", tooLargeInteger},
    {"PowerOfPowers", "{{ 9**9**9**9 }}", tooLargeInteger},
    {"HugeExponent", "{{ 3**9223372036854775807 }}", tooLargeInteger},
    {"Product", "{{ 9223372036854775807 * 2 }}", tooLargeInteger},
    {"Sum", "{{ 9223372036854775807 + 1 }}", tooLargeInteger},
    {"Remainder", "{{ 1 % 0 }}", "division by zero"},
    {"FloorQuotient", "{{ 1 // 0 }}", "division by zero"},
    {"FloatRemainder", "{{ 1.5 % 0 }}", "division by zero"},
    {"SmallestByMinusOne", "{{ (-9223372036854775807 - 1) // -1 }}", tooLargeInteger},
    {"SmallestModuloMinusOne", "{{ (-9223372036854775807 - 1) % -1 }}", tooLargeInteger},
    {"AbsoluteOfTheSmallest", "{{ (-9223372036854775807 - 1)|abs }}", tooLargeInteger},
    {"DivisibleByZero", "{{ 1 is divisibleby 0 }}", "division by zero"},
    {"Shift", "{{ 1 << 100 }}", "expected a value"},
    {"LongNumber", "{{ 1" + times(1000, "0") + " }}", "this number is out of range"},
};

const Hostile unclosed[] = {
    {"Block", "{% if 1 %}", "the template ends before {% endif %}"},
    {"ManyBlocks", times(100, "{% for x in y %}"), "the template ends before {% endfor %}"},
    {"Comment", "{# " + times(100'000, "{# "), "this comment is not closed"},
    {"Raw", "{% raw %}" + times(100'000, "{% raw %}"), "this raw block is not closed"},
    {"Tag", "{{ " + times(100'000, "a "), "this tag is not closed"},
    {"Text", "{{ '" + times(100'000, "a "), "this string is not closed"},
    {"Bracket", "{{ (1 }}", "this bracket does not close an open one"},
    {"ManyParameters",
     "{% macro m(" +
         [] {
           std::string names;
           for (int i = 0; i < 2000; ++i) names += "a" + std::to_string(i) + ",";
           return names;
         }() +
         ") %}{% endmacro %}",
     "a macro has at most 1,000 parameters"},
    {"ManyNames",
     "{{ f(" +
         [] {
           std::string names;
           for (int i = 0; i < 2000; ++i) names += "a" + std::to_string(i) + "=1,";
           return names;
         }() +
         ") }}",
     "a call names at most 1,000 arguments"},
};

class HostileTemplates : public testing::TestWithParam<Hostile> {};

TEST_P(HostileTemplates, EndInAnErrorWithTheLine) {
  const std::string error =
      test::errorOf([&] { rendered("{# the first line #}\n" + GetParam().text); });
  EXPECT_THAT(error, testing::AllOf(testing::StartsWith("hostile.jinja:2: "),
                                    testing::HasSubstr(GetParam().message)));
}

std::string nameOf(const testing::TestParamInfo<Hostile>& tested) { return tested.param.name; }

INSTANTIATE_TEST_SUITE_P(Growing, HostileTemplates, testing::ValuesIn(growing), nameOf);
INSTANTIATE_TEST_SUITE_P(Walking, HostileTemplates, testing::ValuesIn(walking), nameOf);
INSTANTIATE_TEST_SUITE_P(Recursing, HostileTemplates, testing::ValuesIn(recursing), nameOf);
INSTANTIATE_TEST_SUITE_P(Calculating, HostileTemplates, testing::ValuesIn(calculating), nameOf);
INSTANTIATE_TEST_SUITE_P(Unclosed, HostileTemplates, testing::ValuesIn(unclosed), nameOf);

// What nests as written; open and close are repeated.
struct Nesting {
  const char *open, *middle, *close, *message;
};

const Nesting nestings[] = {
    {"(", "1", ")", tooManyBrackets},
    {"[", "1", "]", tooManyBrackets},
    {"{1:", "1", "}", tooManyBrackets},
    {"f(", "1", ")", tooManyBrackets},
    {"x[", "1", "]", tooManyBrackets},
    {"not ", "1", "", tooManyBrackets},
    {"-", "1", "", tooManyBrackets},
    {"1 if 1 else ", "1", "", tooManyBrackets},
    {"", "1", "+1", tooManyExpressions},
    {"", "1", "*1", tooManyExpressions},
    {"", "1", "**1", tooManyExpressions},
    {"", "1", " and 1", tooManyExpressions},
    {"", "1", " or 1", tooManyExpressions},
    {"", "1", " if 1", tooManyExpressions},
    {"", "x", ".y", tooManyExpressions},
    {"", "x", "[0]", tooManyExpressions},
    {"", "x", "()", tooManyExpressions},
    {"", "x", "|trim", tooManyExpressions},
    {"", "x", "|trim()()", tooManyExpressions},
    // Each bracket has a chain of its own: far deeper than either.
    {"(", "1", "+1+1+1+1+1+1+1+1+1+1)", tooManyBrackets},
    {"{% if 1 %}", "", "", tooManyBrackets},
    {"{% for x in y %}", "", "", tooManyBrackets},
    {"{% macro m() %}", "", "", tooManyBrackets},
    {"{% set x %}", "", "", tooManyBrackets},
    {"{% filter trim %}", "", "", tooManyBrackets},
};

TEST(HostileTemplates, NestAsWritten) {
  for (const auto& [open, middle, close, message] : nestings) {
    const bool tag = std::string_view(open).starts_with("{%");
    const int count = 40'000;
    const std::string inside = times(count, open) + middle + times(count, close);
    const std::string text = tag ? inside : "{{ " + inside + " }}";
    EXPECT_THAT(test::errorOf([&] { jinja::JinjaTemplate(text, "deep.jinja"); }),
                testing::AllOf(testing::StartsWith("deep.jinja:1: "), testing::HasSubstr(message)))
        << open << middle << close;
  }
}

// Chains in brackets: each bracket adds as much height as its chain has.
TEST(HostileTemplates, NestByChainsInBrackets) {
  std::string text = "1";
  for (int i = 0; i < 60; ++i) text = "(" + text + times(100, "+1") + ")";
  EXPECT_THAT(test::errorOf([&] { jinja::JinjaTemplate("{{ " + text + " }}", "deep.jinja"); }),
              testing::HasSubstr(tooManyExpressions));
}

TEST(HostileTemplates, AreNotLongerThanALimit) {
  EXPECT_THAT(test::errorOf([] {
                jinja::JinjaTemplate(std::string(jinja::kMaxTemplateBytes + 1, 'a'), "long.jinja");
              }),
              "long.jinja: the template is longer than 1,048,576 bytes");
}

TEST(HostileTemplates, DoNotFillTheMessage) {
  const std::string error = test::errorOf([] { rendered("{{ raise_exception('é' * 1000000) }}"); });
  EXPECT_LT(error.size(), 2 * jinja::kMaxMessageBytes);
  EXPECT_THAT(error, testing::HasSubstr("éé ..."));
}

// A macro sees the names around its definition after the block that held it has ended.
TEST(TemplateBudget, KeepsTheScopesOfMacros) {
  EXPECT_EQ(rendered("{% macro outer(x) %}{% set y = x ~ '!' %}"
                     "{% macro inner() %}{{ y }}{% endmacro %}{{ inner() }}{% endmacro %}"
                     "{{ outer('a') }}{{ outer('b') }}"),
            "a!b!");
  EXPECT_EQ(
      rendered("{% set f = namespace(m=none) %}{% for x in [1, 2, 3] %}"
               "{% if x == 2 %}{% macro m() %}{{ x }}{% endmacro %}{% set f.m = m %}{% endif %}"
               "{% endfor %}{% for x in range(50) %}{% set y = x %}{% endfor %}{{ f.m() }}"),
      "2");
}

TEST(TemplateBudget, IsOfEachRenderingAnew) {
  const std::string half = "{% for i in range(40000) %}{% set x = i + 1 %}{% endfor %}ok";
  const jinja::JinjaTemplate parsed(half, "half.jinja");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(parsed.render({}, [] { return std::tm{}; }), "ok");
}

TEST(TemplateBudget, ReadsAMegabyteOfTags) {
  const std::string text = times(100'000, "{{ 'ab' }}");
  EXPECT_EQ(rendered(text), times(100'000, "ab"));
}

TEST(TemplateBudget, ReadsLineEndsOfWindows) {
  EXPECT_EQ(rendered("{% if 1 %}\r\n  a\r\n{% endif %}\r\nb\r\n"), "  a\nb");
}

// A turn as chat templates write it, with all that they ask about one.
constexpr const char* conversation = R"({%- set ns = namespace(last=-1) -%}
{%- for message in messages[::-1] -%}
  {%- if message.role == 'user' and ns.last < 0 -%}
    {%- set ns.last = (messages|length - 1) - loop.index0 -%}
  {%- endif -%}
{%- endfor -%}
{%- for message in messages -%}
  {%- set content = message.content if message.content is string else '' -%}
  {%- if message.role == 'assistant' and '</think>' in content -%}
    {%- set content = content.split('</think>')[-1].lstrip('\n') -%}
  {%- endif -%}
  {%- if loop.index0 > ns.last or not loop.last -%}
    {{- '<|im_start|>' + message.role + '\n' + content|trim + '<|im_end|>\n' -}}
  {%- endif -%}
  {%- if loop.first and messages[0]['role'] != 'system' %}{{ '' }}{% endif -%}
  {%- set before = messages[loop.index0 - 1].role -%}
{%- endfor -%})";

TEST(TemplateBudget, HoldsLongConversations) {
  Json messages = Json::array();
  for (int i = 0; i < 5000; ++i) {
    messages.push_back({{"role", i % 2 == 0 ? "user" : "assistant"}, {"content", "Tea?"}});
  }
  const std::string text = rendered(conversation, {{"messages", messages}});
  EXPECT_EQ(std::count(text.begin(), text.end(), '?'), 5000);
}

TEST(TemplateBudget, HoldsLongTexts) {
  const Json messages = {{{"role", "system"}, {"content", std::string(1'000'000, 'a')}},
                         {{"role", "user"}, {"content", std::string(1'000'000, 'b')}},
                         {{"role", "assistant"}, {"content", "Yes"}}};
  EXPECT_GT(rendered(conversation, {{"messages", messages}}).size(), 2'000'000u);
}

}  // namespace
}  // namespace canvass
