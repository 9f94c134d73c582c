// Every number that can be typed has its range at the parser, in every verb of both programs.
#include <CLI/CLI.hpp>

#include "cli/verbs.h"
#include "model_cli/verbs.h"
#include "support/test_support.h"

namespace canvass {
namespace {

bool isNumber(const CLI::Option& option) {
  const std::string kind = option.get_type_name();
  return kind.starts_with("INT") || kind.starts_with("UINT") || kind.starts_with("FLOAT");
}

bool accepts(CLI::Option& option, const std::string& word) {
  option.clear();
  option.add_result(word);
  try {
    option.run_callback();
  } catch (const CLI::ParseError&) {
    return false;
  }
  return true;
}

// Counts the options that are numbers.
std::size_t requireRanges(CLI::App& verb, const std::string& name) {
  std::size_t count = 0;
  for (CLI::Option* option : verb.get_options()) {
    if (!isNumber(*option)) continue;
    ++count;
    for (const char* word : {"nan", "inf", "-inf", "1e999", "1e308", "-1", "-1e9", "1x", "x", "",
                             "-99999999999999999999", "99999999999999999999"}) {
      EXPECT_FALSE(accepts(*option, word)) << name << ' ' << option->get_name() << ' ' << word;
    }
  }
  for (CLI::App* inner : verb.get_subcommands([](CLI::App*) { return true; })) {
    count += requireRanges(*inner, name + ' ' + inner->get_name());
  }
  return count;
}

TEST(Numbers, HaveARangeInEveryVerb) {
  CLI::App app;
  addVerbs(app);
  addModelVerbs(app);
  EXPECT_GT(requireRanges(app, "canvass"), 40u);
}

}  // namespace
}  // namespace canvass
