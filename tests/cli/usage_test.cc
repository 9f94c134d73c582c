// What every verb owes a person who types it for the first time, or wrongly.
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using Arguments = std::vector<std::string>;

const std::vector<std::string> verbs = {"import",    "export",   "describe", "split",    "audit",
                                        "templates", "models", "baseline", "combine",  "evaluate", "compare",
                                        "calibrate", "interval", "reflect",  "picture",  "report"};
const std::vector<std::string> modelVerbs = {"init",       "predict", "probe", "train",
                                             "confidence", "ask",     "demo"};

TEST(Usage, HelpListsEveryVerb) {
  const std::string help = outputOf({"--help"});
  for (const std::string& verb : verbs) EXPECT_THAT(help, HasSubstr("\n  " + verb + " "));
  for (const std::string& verb : modelVerbs) EXPECT_THAT(help, HasSubstr("\n  " + verb + " "));
}

TEST(Usage, EveryVerbHasHelpWithAnExample) {
  for (const std::string& verb : verbs) {
    const std::string help = outputOf({verb, "--help"});
    EXPECT_THAT(help, HasSubstr("Example"));
    EXPECT_THAT(help, HasSubstr("canvass " + verb)) << verb;
  }
  for (const Arguments& verb : {Arguments{"combine", "fit"}, Arguments{"combine", "estimate"},
                                Arguments{"combine", "simulate"}, Arguments{"calibrate", "fit"},
                                Arguments{"calibrate", "apply"}}) {
    EXPECT_THAT(outputOf({verb[0], verb[1], "--help"}),
                HasSubstr("canvass " + verb[0] + " " + verb[1]));
  }
}

TEST(Usage, WithoutTheEngineModelVerbsSayThatItIsNotThere) {
  if (test::canvassLoadsModels()) GTEST_SKIP() << "canvass was built with it";
  const Finished finished = runProgram({"predict", "--help"});
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors, HasSubstr("without the part that loads models"));
}

TEST(Usage, Version) { EXPECT_THAT(outputOf({"--version"}), StartsWith("canvass 0.")); }

TEST(Usage, WrongUsageEndsWithTwo) {
  const std::vector<Arguments> wrong = {
      {},
      {"guess"},
      {"combine"},
      {"combine", "guess"},
      {"describe", "s.jsonl", "--no-such-option"},
      {"split", "s.jsonl", "--hold-out-cells", "1.5", "-o", "d"},
      {"split", "s.jsonl", "--hold-out-questions", "q", "--seed", "1", "-o", "d"},
      {"evaluate", "--survey", "s", "--predictions", "p", "--neighbours", "3"},
      {"compare", "--survey", "s", "--predictions", "p", "--neighbours", "3"},
      {"report", "e.json", "--latex", "t.tex", "--survey", "s"},
      {"templates", "bio", "--json"},
      {"import", "a.sav", "--draft-mapping", "m.toml", "--mapping", "n.toml"},
  };
  for (const Arguments& arguments : wrong) {
    const Finished finished = runProgram(arguments);
    EXPECT_EQ(finished.exitCode, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(finished.errors, StartsWith("canvass: "));
    EXPECT_THAT(finished.output, IsEmpty());
  }
}

TEST(Usage, WrongUsageNamesTheVerbWhoseHelpHelps) {
  EXPECT_EQ(runProgram({}).errors, "canvass: no verb is given; canvass --help lists the verbs\n");
  EXPECT_EQ(runProgram({"describe"}).errors,
            "canvass: survey is required; canvass describe --help lists the options\n");
  EXPECT_EQ(runProgram({"calibrate", "fit", "--survey", "s", "--predictions", "p", "--method",
                        "best", "-o", "o"})
                .errors,
            "canvass: --method: best is none of temperature, temperature-by-length, linear, "
            "isotonic; canvass calibrate fit --help lists the options\n");
}

TEST(Usage, OptionsOfTheTextAreRefusedIfJsonTakesItsPlace) {
  const std::vector<Arguments> commands = {
      {"evaluate", "--survey", "s", "--predictions", "p", "--by", "topic", "--json"},
      {"evaluate", "--survey", "s", "--predictions", "p", "--examples", "2", "--json"},
      {"reflect", "--survey", "s", "--predictions", "p", "--all", "--json"},
      {"audit", "a", "b", "--examples", "2", "--json"},
  };
  for (Arguments arguments : commands) {
    const Finished refused = runProgram(arguments);
    EXPECT_EQ(refused.exitCode, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(refused.errors, HasSubstr("--json FILE"));
    // Beside a file of JSON the text is shown, and these options have a use.
    arguments.push_back("figures.json");
    EXPECT_EQ(runProgram(arguments).exitCode, 1) << "there is no such survey";
  }
}

struct Misspelling {
  Arguments arguments;
  std::string suggestion;
};

TEST(Usage, MisspeltVerbsAndOptionsAreRefusedWithWhatWasMeant) {
  const std::vector<Misspelling> misspellings = {
      {{"evalute", "--help"}, "did you mean \"evaluate\"?"},
      {{"combine", "estmate"}, "did you mean \"estimate\"?"},
      {{"describe", "s.jsonl", "--exampels", "3"}, "did you mean \"--examples\"?"},
      {{"evaluate", "--surveys", "s.jsonl", "--predictions", "p.jsonl"},
       "did you mean \"--survey\"?"},
  };
  for (const auto& [arguments, suggestion] : misspellings) {
    const Finished finished = runProgram(arguments);
    EXPECT_EQ(finished.exitCode, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(finished.errors, HasSubstr(suggestion));
    EXPECT_THAT(finished.output, IsEmpty());
  }
}

TEST(Usage, EarlierSpellingsAreRefusedWithTheOnesOfToday) {
  const std::vector<Misspelling> earlier = {
      {{"combine", "--survey", "s", "--predictions", "p", "-o", "o"}, "canvass combine fit"},
      {{"combine", "--sample", "s", "--predictions", "p", "-o", "o"},
       "canvass combine estimate --survey"},
      {{"combine", "--simulate", "5", "--survey", "s", "--predictions", "p"}, "canvass combine"},
      {{"combine", "simulate", "--n", "5", "--survey", "s", "--predictions", "p"}, "--sample-size"},
      {{"calibrate", "--survey", "s", "--method", "linear", "--predictions", "p", "-o", "o"},
       "canvass calibrate fit"},
      {{"calibrate", "--apply", "c", "--predictions", "p", "-o", "o"}, "canvass calibrate apply"},
      {{"baseline", "uniform", "--survey", "s", "-o", "o"}, "--items"},
      {{"baseline", "respondents", "--items", "s", "--n", "9", "-o", "o"}, "--sample-size"},
  };
  for (const auto& [arguments, today] : earlier) {
    const Finished finished = runProgram(arguments);
    EXPECT_EQ(finished.exitCode, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(finished.errors, HasSubstr(today));
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
      {{"describe", text, text}, "given twice"},
      {{"baseline", "unifrom", "--items", survey, "-o", output}, "did you mean \"uniform\"?"},
      {{"export", "cvs", survey, "-o", output}, "did you mean \"csv\"?"},
      {{"evaluate", "--survey", survey, "--predictions", "p", "--metric", "js_similarty"},
       "did you mean \"js_similarity\"?"},
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
