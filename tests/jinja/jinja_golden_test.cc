// The Jinja interpreter renders what Python's jinja2 renders, and refuses what it refuses.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "jinja/jinja_template.h"
#include "support/rendering.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::Outcome;

class JinjaGolden : public testing::TestWithParam<std::string> {};

std::vector<std::string> groupNames() {
  std::vector<std::string> names;
  const Json golden = test::goldenFile("jinja.json");
  for (const auto& [name, cases] : golden.at("groups").items()) names.push_back(name);
  return names;
}

std::string testName(const testing::TestParamInfo<std::string>& tested) {
  std::string name = tested.param;
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

TEST_P(JinjaGolden, IsWhatPythonRenders) {
  const Json golden = test::goldenFile("jinja.json");
  const auto variables = golden.at("variables").get<std::map<std::string, Json>>();
  const auto clock = test::clockAt(golden.at("clock").get<std::string>());
  for (const Json& snippet : golden.at("groups").at(GetParam())) {
    const auto text = snippet.at("template").get<std::string>();
    const Outcome outcome = test::outcomeOf(
        [&] { return jinja::JinjaTemplate(text, "snippet").render(variables, clock); });
    EXPECT_EQ(outcome, test::expectedOutcome(snippet)) << text;
    if (!outcome.refused) continue;
    EXPECT_THAT(outcome.message, testing::HasSubstr("snippet:")) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Snippets, JinjaGolden, testing::ValuesIn(groupNames()), testName);

}  // namespace
}  // namespace canvass
