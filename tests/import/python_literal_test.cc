// Python's own repr() and ast.literal_eval are the reference: tools/oracle/python_literals.py.
#include "import/published/python_literal.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using Kind = PythonValue::Kind;

// As the oracle encodes values.
Json encode(const PythonValue& value) {
  Json elements = Json::array();
  for (std::size_t i = 0; i < value.elements.size(); ++i) {
    const Json element = encode(value.elements[i]);
    elements.push_back(value.kind == Kind::dict ? Json::array({encode(value.keys[i]), element})
                                                : element);
  }
  switch (value.kind) {
    case Kind::none:
      return nullptr;
    case Kind::boolean:
      return value.boolean;
    case Kind::number:
      return value.number;
    case Kind::text:
      return value.text;
    case Kind::list:
      return {{"list", elements}};
    case Kind::tuple:
      return {{"tuple", elements}};
    case Kind::dict:
      return {{"dict", elements}};
  }
  return "no kind";
}

Json goldenLiterals() {
  return Json::parse(readFile(test::sourceFolder() / "tests/import/golden/python_literals.json"));
}

TEST(PythonLiteral, IsWhatPythonWrote) {
  const Json literals = goldenLiterals()["literals"];
  ASSERT_GT(literals.size(), 100u);
  for (const Json& one : literals) {
    const auto text = one["text"].get<std::string>();
    EXPECT_EQ(encode(parsePythonLiteral(text, "x")), one["value"]) << text;
  }
}

TEST(PythonLiteral, RefusesWhatPythonRefuses) {
  const Json refused = goldenLiterals()["refused"];
  ASSERT_GT(refused.size(), 100u);
  for (const Json& text : refused) {
    EXPECT_NE(test::errorOf([&] { parsePythonLiteral(text.get<std::string>(), "x"); }), "") << text;
  }
}

TEST(PythonLiteral, IsReadWithBlanksAndTrailingCommas) {
  EXPECT_EQ(encode(parsePythonLiteral(" [ 1 ,\n 'a' , ] ", "x")).dump(), R"({"list":[1.0,"a"]})");
  EXPECT_EQ(encode(parsePythonLiteral("(1,)", "x")).dump(), R"({"tuple":[1.0]})");
  EXPECT_EQ(encode(parsePythonLiteral("(1)", "x")).dump(), "1.0");
  EXPECT_EQ(parsePythonLiteral("1.50", "x").text, "1.50");
}

TEST(PythonLiteral, ReadsEveryEscape) {
  EXPECT_EQ(parsePythonLiteral(R"('\\\'\"\a\b\f\n\r\t\v\x41\u00e9\U0001F600\101\0')", "x").text,
            std::string("\\'\"\a\b\f\n\r\t\vA\u00e9\U0001F600A\0", 19));
}

struct Refused {
  std::string text;
  std::string message;  // after "answers is no Python literal at "
};

TEST(PythonLiteral, SaysWhatIsWrongAndWhere) {
  const std::string deep = std::string(100'000, '[');
  for (const auto& [text, message] : {
           Refused{"", "column 1: it ends too early"},
           Refused{"[1, 2", "column 6: a comma or ] was expected"},
           Refused{"[1, 2}", "column 6: a comma or ] was expected"},
           Refused{"[1] 2", "column 5: there is something after its end"},
           Refused{"{'a' 1}", "column 6: : was expected"},
           Refused{"{'a', 'b'}", "column 5: : was expected"},
           Refused{"{'a': 1, \"a\": 2}", "column 10: the key \"a\" appears twice"},
           Refused{"{1: 1, 1.0: 2}", "column 8: the key \"1.0\" appears twice"},
           Refused{"{[]: 1}", "column 2: a key is neither a text nor a number"},
           Refused{"['a", "column 2: a quote is not closed"},
           Refused{"'a\\", "column 4: a quote is not closed"},
           Refused{"'a\nb'", "column 3: a line ends inside quotes"},
           Refused{"'''a'''", "column 3: there is something after its end"},
           Refused{R"('\q')", "column 3: \\q is not an escape sequence"},
           Refused{R"('\N{DASH}')", "column 3: \\N is not an escape sequence"},
           Refused{R"('\x4')", "column 4: the backslash is not followed by a character's number"},
           Refused{R"('\ud83d')",
                   "column 4: the backslash is not followed by a character's number"},
           Refused{R"('\U00110000')", "column 4: the backslash is not followed by a character"},
           Refused{"nan", "column 1: the name nan is not a value"},
           Refused{"[inf]", "column 2: the name inf is not a value"},
           Refused{"-inf", "column 1: -inf is not a number"},
           Refused{"1e999", "column 1: 1e999 is not a number"},
           Refused{"1_000", "column 1: 1_000 is not a number"},
           Refused{"0x1f", "column 1: 0x1f is not a number"},
           Refused{"1+2", "column 2: there is something after its end"},
           Refused{"b'a'", "column 1: the name b is not a value"},
           Refused{"__import__('os')", "column 1: the name __import__ is not a value"},
           Refused{"defaultdict({})", "column 13: <class ' was expected"},
           Refused{"defaultdict(<class 'list'>, [])", "column 29: { was expected"},
           Refused{"defaultdict(<class 'list'>, {}", "column 31: ) was expected"},
           Refused{deep, "column 33: it is nested deeper than 32"},
       }) {
    EXPECT_THAT(test::errorOf([&] { parsePythonLiteral(text, "answers"); }),
                testing::StartsWith("answers is not a Python literal at " + message))
        << text.substr(0, 40);
  }
}

TEST(PythonLists, HoldTextsOrNumbers) {
  const PythonValue mixed = parsePythonLiteral("['Not at all', 2, 3.0]", "x");
  EXPECT_THAT(pythonTexts(mixed, "x"), ElementsAre("Not at all", "2", "3.0"));
  EXPECT_EQ(test::errorOf([&] { pythonNumbers(mixed, "x"); }), "element 1 of x is not a number");
  EXPECT_THAT(pythonNumbers(parsePythonLiteral("(1, 0.5)", "x"), "x"), ElementsAre(1.0, 0.5));
  EXPECT_EQ(test::errorOf([&] { pythonNumbers(parsePythonLiteral("[True]", "x"), "x"); }),
            "element 1 of x is not a number");
  EXPECT_EQ(test::errorOf([&] { pythonTexts(parsePythonLiteral("[None]", "x"), "x"); }),
            "element 1 of x is neither a text nor a number");
  EXPECT_EQ(test::errorOf([&] { pythonTexts(parsePythonLiteral("'a'", "x"), "x"); }),
            "x is not a list");
}

}  // namespace
}  // namespace canvass
