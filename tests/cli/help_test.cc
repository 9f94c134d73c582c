// Help, manual and completions, which are written from the parser.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <sstream>

#include "base/child_process.h"
#include "base/error.h"
#include "cli/help/completions.h"
#include "cli/help/help_text.h"
#include "cli/help/manual.h"
#include "cli/verbs.h"
#include "support/program.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// A program of two verbs with options of every kind.
class Help : public ::testing::Test {
 protected:
  Help() : app_("What it is for", "canvass") {
    CLI::App& ask = *app_.add_subcommand("ask", "Ask a question; don't wait");
    ask.add_option("file", files_, "what to read")->type_name("FILE")->required();
    ask.add_option("-o,--output", output_, "where to")->type_name("FILE")->required();
    ask.add_option("--order", order_, "which order, \"cyclic\" or other")
        ->check(CLI::IsMember({"cyclic", "all"}))
        ->capture_default_str();
    ask.add_option("--count", count_, "how many")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
    ask.add_flag("--strict", strict_, "fail early");
    ask.add_option("--former", former_, "refused")->group("");
    ask.footer("Example:\n  canvass ask a.jsonl -o b.jsonl");
    CLI::App& combine = *app_.add_subcommand("combine", "Combine things");
    combine.require_subcommand(1);
    combine.add_subcommand("fit", "Fit them")->add_flag("--quick", strict_, "take less time");
  }

  VerbHelp program() const { return helpOf(app_); }

  CLI::App app_;
  std::vector<std::string> files_;
  std::string output_;
  std::string order_ = "cyclic";
  std::string former_;
  int count_ = 4;
  bool strict_ = false;
};

TEST_F(Help, ContinuesLongExamplesOnALineOfTheirOwn) {
  app_.get_subcommand("ask")->footer("Example:\n  canvass ask " + std::string(50, 'a') +
                                     " --order all -o b.jsonl");
  EXPECT_EQ(program().verbs[0].examples, "Example:\n  canvass ask " + std::string(50, 'a') +
                                             " --order all \\\n      -o b.jsonl");
}

TEST_F(Help, KnowsWhatTheParserKnows) {
  const VerbHelp help = program();
  ASSERT_EQ(help.verbs.size(), 2U);
  const VerbHelp& ask = help.verbs[0];
  EXPECT_EQ(ask.name, "canvass ask");
  EXPECT_EQ(ask.usage(), "canvass ask FILE... -o FILE [options]");
  ASSERT_EQ(ask.options.size(), 4U) << "neither --help nor the one that is refused";
  EXPECT_EQ(ask.options[0].synopsis(), "-o, --output FILE");
  EXPECT_THAT(ask.options[1].choices, ElementsAre("cyclic", "all"));
  EXPECT_THAT(ask.options[1].text(), HasSubstr("one of cyclic, all; default: cyclic"));
  EXPECT_THAT(ask.options[2].text(), HasSubstr("1 to 1000; default: 4"));
  EXPECT_EQ(ask.options[3].synopsis(), "--strict");
  EXPECT_EQ(help.verbs[1].usage(), "canvass combine VERB");
  EXPECT_EQ(help.verbs[1].verbs[0].name, "canvass combine fit");
}

TEST_F(Help, FitsTheWidthOfTheTerminal) {
  for (const std::size_t width : {40U, 60U, 100U}) {
    TerminalStyle style;
    style.width = width;
    std::istringstream lines(helpText(program().verbs[0], style));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), width) << line;
  }
  const std::string text = helpText(program().verbs[0], {});
  EXPECT_LT(text.find("Required"), text.find("--output"));
  EXPECT_LT(text.find("--output"), text.find("Options"));
  EXPECT_THAT(text, Not(HasSubstr("--former")));
}

TEST_F(Help, IsAPageForEachVerb) {
  const auto pages = manualPages(program());
  ASSERT_EQ(pages.size(), 4U);
  EXPECT_THAT(pages.at("canvass-ask.1"), StartsWith(".TH canvass\\-ask 1\n"));
  EXPECT_THAT(pages.at("canvass-ask.1"), HasSubstr(".B \\-\\-strict\nfail early\n"));
  EXPECT_THAT(pages.at("canvass.1"), HasSubstr("canvass\\-combine"));
  EXPECT_EQ(pages.count("canvass-combine-fit.1"), 1U);
}

TEST_F(Help, IsOnePageOfMarkdown) {
  const std::string page = manualMarkdown(program());
  EXPECT_THAT(page, HasSubstr("\n## canvass combine fit\n"));
  EXPECT_THAT(page, HasSubstr("| `-o, --output FILE` | **required**: where to |"));
}

// What bash offers after these words, the last of which is being typed.
std::vector<std::string> offered(const std::string& script, const std::string& words) {
  const auto finished = runChild(
      {"bash", "-c",
       fmt::format("{}\nCOMP_WORDS=({}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _canvass; "
                   "printf '%s\\n' \"${{COMPREPLY[@]}}\"",
                   script, words)},
      "");
  EXPECT_EQ(finished->exitCode, 0) << finished->errors;
  std::vector<std::string> lines;
  std::istringstream stream(finished->output);
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

TEST_F(Help, CompletesInBash) {
  const std::string script = completionScript(program(), "bash");
  EXPECT_THAT(offered(script, "canvass ''"), ElementsAre("ask", "combine"));
  EXPECT_THAT(offered(script, "canvass c"), ElementsAre("combine"));
  EXPECT_THAT(offered(script, "canvass combine ''"), ElementsAre("fit"));
  EXPECT_THAT(offered(script, "canvass combine fit --q"), ElementsAre("--quick"));
  EXPECT_THAT(offered(script, "canvass ask a.jsonl --st"), ElementsAre("--strict"));
  EXPECT_THAT(offered(script, "canvass ask --order ''"), ElementsAre("cyclic", "all"));
  EXPECT_THAT(offered(script, "canvass ask ''"), IsEmpty()) << "files, which bash knows itself";
}

// The scripts of all verbs are scripts of their shells.
TEST(Completions, AreReadByTheirShells) {
  CLI::App app("", "canvass");
  addVerbs(app);
  const test::TemporaryFolder folder;
  for (const std::string& shell : shellNames()) {
    const auto file = folder.write(shell, completionScript(helpOf(app), shell));
    const auto checked = runChild({shell, "-n", file.string()}, "");
    if (!checked) continue;  // this shell is not installed
    EXPECT_EQ(checked->exitCode, 0) << shell << ": " << checked->errors;
  }
  EXPECT_THAT(test::errorOf([&] { completionScript(helpOf(app), "tcsh"); }), HasSubstr("fish"));
}

}  // namespace
}  // namespace canvass
