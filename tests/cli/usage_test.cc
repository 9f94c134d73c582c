// What every verb owes a person who types it for the first time, or wrongly.
#include "cli/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using Arguments = std::vector<std::string>;

const std::vector<std::string> verbs = {
    "import",  "describe", "split",    "audit",    "templates", "init",      "predict",
    "probe",   "train",    "baseline", "evaluate", "compare",   "calibrate", "confidence",
    "reflect", "picture",  "report",   "export",   "combine",   "ask",       "demo"};

TEST(Usage, HelpListsEveryVerb) {
  const std::string help = outputOf({"--help"});
  for (const std::string& verb : verbs) EXPECT_THAT(help, HasSubstr("\n  " + verb + " "));
}

TEST(Usage, EveryVerbHasHelpWithAnExample) {
  for (const std::string& verb : verbs) {
    const std::string help = outputOf({verb, "--help"});
    EXPECT_THAT(help, HasSubstr("Example"));
    EXPECT_THAT(help, HasSubstr("canvass " + verb)) << verb;
  }
}

TEST(Usage, Version) { EXPECT_THAT(outputOf({"--version"}), StartsWith("canvass 0.")); }

TEST(Usage, WrongUsageEndsWithTwo) {
  const std::vector<Arguments> wrong = {
      {},
      {"guess"},
      {"predict"},
      {"predict", "--model", "m", "--items", "s", "-o", "p", "--no-such-option"},
      {"predict", "--model", "m", "--items", "s", "-o", "p", "--token-budget", "0"},
      {"split", "s.jsonl", "--hold-out-cells", "1.5", "-o", "d"},
      {"train", "--model", "m", "--survey", "s", "-o", "d", "--method", "magic"},
      {"ask", "--model", "m", "--population", "Japan", "--question", "?"},
  };
  for (const Arguments& arguments : wrong) {
    const Finished finished = runProgram(arguments);
    EXPECT_EQ(finished.exitCode, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(finished.errors, Not(IsEmpty()));
    EXPECT_THAT(finished.output, IsEmpty());
  }
}

TEST(Usage, FormerNamesOfOptionsOfModelVerbsAreRefusedNamingTheNewOnes) {
  const std::vector<Arguments> former = {
      {"predict", "--model", "m", "--survey", "s", "-o", "p"},
      {"probe", "order", "--model", "m", "--survey", "s", "t", "-o", "p"},
  };
  for (const Arguments& arguments : former) {
    const Finished finished = runProgram(arguments);
    EXPECT_EQ(finished.exitCode, 2);
    EXPECT_THAT(finished.errors, AllOf(HasSubstr("--survey"), HasSubstr("--items")));
    EXPECT_THAT(outputOf({arguments[0], "--help"}), Not(HasSubstr("--survey")));
  }
}

struct VerbFailure {
  Arguments arguments;
  std::string message;
};

TEST(Usage, FailuresSayWhatAndWhereAndEndWithOne) {
  const test::TemporaryFolder folder;
  const std::string survey = folder.write("broken.jsonl", "{\"canvass\":\"survey\"}\n").string();
  const std::string text = folder.write("notes.txt", "not a survey").string();
  const std::string output = (folder.path() / "output").string();
  const std::vector<VerbFailure> failures = {
      {{"describe", "no-such-file.jsonl"}, "no-such-file.jsonl: cannot open it"},
      {{"describe", survey}, "broken.jsonl:1: the key \"version\" is missing"},
      {{"describe", text}, "notes.txt"},
      {{"import", "excel", text, "-o", output}, "\"excel\""},
      {{"init", "--survey", text, "-o", output}, "notes.txt"},
      {{"predict", "--model", "no-such-model", "--items", text, "-o", output}, "notes.txt"},
      {{"train", "--model", "m", "--survey", text, "-o", output, "--loss", "luck"},
       "the loss \"luck\" is not known"},
      {{"train", "--model", "m", "--survey", text, "-o", output, "--schedule", "never"},
       "the schedule \"never\" is not known"},
  };
  for (const auto& [arguments, message] : failures) {
    const Finished finished = runProgram(arguments);
    EXPECT_EQ(finished.exitCode, 1) << testing::PrintToString(arguments);
    EXPECT_THAT(finished.errors, StartsWith("canvass: "));
    EXPECT_THAT(finished.errors, HasSubstr(message));
    EXPECT_FALSE(std::filesystem::exists(output)) << "something was half-written";
  }
}

}  // namespace
}  // namespace canvass
