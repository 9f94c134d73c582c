#include "base/json.h"

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ParseJson, KeepsTheOrderOfKeys) {
  EXPECT_EQ(parseJson(R"({"b":1,"a":{"d":2,"c":3}})", "here").dump(),
            R"({"b":1,"a":{"d":2,"c":3}})");
}

TEST(ParseJson, NamesTheFault) {
  struct Case {
    std::string text;
    std::string message;
  };
  for (const auto& [text, message] : {
           Case{"{\"a\":1", "here: not valid JSON at byte 7"},
           Case{"", "here: not valid JSON at byte 1"},
           Case{"{} {}", "here: not valid JSON at byte 4"},
           Case{"[1,]", "here: not valid JSON at byte 4"},
           Case{"[NaN]", "here: not valid JSON at byte 2"},
           Case{"[1e999]", "here: a number is too large"},
           Case{"{\"a\":\"\xFF\"}",
                "here: the text is not UTF-8 at byte 6; save the file as UTF-8"},
           Case{R"({"a":1,"a":2})", "here: the key \"a\" appears twice in one object"},
           Case{R"({"a":{"b":1,"c":[{"d":1,"d":1}]}})",
                "here: the key \"d\" appears twice in one object"},
           Case{R"({"a":1,"\u0061":2})", "here: the key \"a\" appears twice in one object"},
       }) {
    EXPECT_EQ(test::errorOf([&text = text] { parseJson(text, "here"); }), message) << text;
  }
}

TEST(ParseJson, AllowsAKeyInSeveralObjects) {
  EXPECT_NO_THROW(parseJson(R"([{"a":{"a":1},"b":{"a":1}},{"a":1}])", "here"));
}

TEST(ParseJson, RefusesDeepNestingAndLargeObjects) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_NO_THROW(parseJson(nested(deepestJson), "here"));
  for (const std::string& deep :
       {nested(deepestJson + 1), nested(100'000), std::string(100'000, '[')}) {
    EXPECT_EQ(test::errorOf([&] { parseJson(deep, "here"); }),
              "here: lists and objects are nested more than 64 deep");
  }
  std::string keys;
  for (std::size_t i = 0; i <= largestJsonObject; ++i) keys += fmt::format("\"{}\":1,", i);
  EXPECT_EQ(test::errorOf([&] { parseJson("{" + keys + "\"last\":1}", "here"); }),
            "here: an object has more than 50000 keys");
}

TEST(JsonText, IsUtf8WhateverIsInIt) {
  const Json json{{"name", "n\xFFx"}, {"text", "é\x1B"}};
  EXPECT_EQ(jsonText(json), "{\"name\":\"n\uFFFDx\",\"text\":\"é\\u001b\"}");
  EXPECT_EQ(jsonText(Json{{"a", 1}}, 2), "{\n  \"a\": 1\n}");
}

TEST(JsonIfValid, IsNothingWhereParseJsonThrows) {
  EXPECT_EQ(jsonIfValid("[1]"), parseJson("[1]", {}));
  for (const std::string& text : {std::string("[1"), std::string("{\"a\":1,\"a\":2}"),
                                  std::string("\xFF"), std::string(100'000, '[')}) {
    EXPECT_FALSE(jsonIfValid(text)) << text.substr(0, 10);
  }
}

const char* const object =
    R"({"text":"a","number":1.5,"whole":-3,"yes":true,"texts":["a","b"],"numbers":[1,2.5],)"
    R"("nothing":null,"mixed":["a",1]})";

TEST(RequireKey, ReadsEachKind) {
  const Json json = parseJson(object, "");
  EXPECT_EQ(requireKey<std::string>(json, "text", ""), "a");
  EXPECT_EQ(requireKey<double>(json, "number", ""), 1.5);
  EXPECT_EQ(requireKey<double>(json, "whole", ""), -3.0);
  EXPECT_EQ(requireKey<std::int64_t>(json, "whole", ""), -3);
  EXPECT_TRUE(requireKey<bool>(json, "yes", ""));
  EXPECT_THAT(requireKey<std::vector<std::string>>(json, "texts", ""), ElementsAre("a", "b"));
  EXPECT_THAT(requireKey<std::vector<double>>(json, "numbers", ""), ElementsAre(1.0, 2.5));
}

TEST(OptionalKey, GivesTheOtherValueWhereTheKeyIsAbsentOrNull) {
  const Json json = parseJson(object, "");
  EXPECT_EQ(optionalKey<std::string>(json, "text", "z", ""), "a");
  EXPECT_EQ(optionalKey<std::string>(json, "none", "z", ""), "z");
  EXPECT_EQ(optionalKey<double>(json, "nothing", 7.0, ""), 7.0);
}

TEST(RequireAndOptionalKey, NameKeyAndKind) {
  const Json json = parseJson(object, "");
  const Json list = parseJson("[]", "");
  struct Case {
    std::function<void()> read;
    std::string message;
  };
  const Case cases[] = {
      {[&] { requireKey<double>(json, "none", "here"); }, "the key \"none\" is missing"},
      {[&] { requireKey<std::string>(json, "nothing", "here"); }, "\"nothing\" must be a string"},
      {[&] { requireKey<std::string>(json, "number", "here"); }, "\"number\" must be a string"},
      {[&] { requireKey<double>(json, "text", "here"); }, "\"text\" must be a number"},
      {[&] { requireKey<std::int64_t>(json, "number", "here"); },
       "\"number\" must be a whole number"},
      {[&] { requireKey<bool>(json, "number", "here"); }, "\"number\" must be true or false"},
      {[&] { requireKey<std::vector<std::string>>(json, "mixed", "here"); },
       "\"mixed\" must be a list of strings"},
      {[&] { requireKey<std::vector<double>>(json, "text", "here"); },
       "\"text\" must be a list of numbers"},
      {[&] { optionalKey<double>(json, "text", 1.0, "here"); }, "\"text\" must be a number"},
      {[&] { requireKey<double>(list, "a", "here"); }, "a JSON object was expected"},
      {[&] { optionalKey<double>(list, "a", 1.0, "here"); }, "a JSON object was expected"},
  };
  for (const auto& [read, message] : cases) EXPECT_EQ(test::errorOf(read), "here: " + message);
}

}  // namespace
}  // namespace canvass
