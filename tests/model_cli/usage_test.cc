// What the verbs that load a model owe to a person who types them for the first time, or wrongly.
#include "base/file.h"
#include "support/program.h"

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

TEST(ModelUsage, EveryVerbHasHelpWithAnExample) {
  for (const char* verb : {"init", "predict", "probe", "train", "confidence", "ask", "demo"}) {
    const std::string help = outputOf({verb, "--help"});
    EXPECT_THAT(help, HasSubstr("Example"));
    EXPECT_THAT(help, HasSubstr("canvass " + std::string(verb))) << verb;
  }
}

TEST(ModelUsage, TheReferenceInTheDocumentationIsOfTheseVerbs) {
  EXPECT_EQ(readFile(test::sourceFolder() / "docs/verbs.md"), outputOf({"manual"}))
      << "write it anew: canvass manual > docs/verbs.md";
}

TEST(ModelUsage, WritesManPages) {
  const test::TemporaryFolder folder;
  outputOf({"manual", "--man", folder.path().string()});
  for (const char* page : {"canvass.1", "canvass-predict.1", "canvass-combine-fit.1"}) {
    EXPECT_TRUE(std::filesystem::exists(folder.path() / page)) << page;
  }
}

TEST(ModelUsage, CompletesTheVerbsOfBothPrograms) {
  const std::string script = outputOf({"completions", "bash"});
  for (const char* word :
       {"describe", "predict", "--token-budget", "'canvass combine fit option'"}) {
    EXPECT_THAT(script, HasSubstr(word));
  }
}

TEST(ModelUsage, WrongUsageEndsWithTwo) {
  const std::vector<Arguments> wrong = {
      {"predict"},
      {"predict", "--model", "m", "--items", "s", "-o", "p", "--no-such-option"},
      {"predict", "--model", "m", "--items", "s", "-o", "p", "--token-budget", "0"},
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

TEST(ModelUsage, FormerNamesOfOptionsAreRefusedNamingTheNewOnes) {
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

TEST(ModelUsage, FailuresSayWhatAndWhereAndEndWithOne) {
  const test::TemporaryFolder folder;
  const std::string text = folder.write("notes.txt", "not a survey").string();
  const std::string output = (folder.path() / "output").string();
  const std::vector<VerbFailure> failures = {
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

// Both surveys are read before the model, which is not there.
TEST(ModelUsage, SkipInvalidHoldsForTheSurveyThatValidatesTraining) {
  const auto recordOf = [](const std::string& country, const std::string& shares) {
    return R"({"id":"1","instruction":"How would someone from )" + country +
           R"( answer the following question:\n\n","input":"Tea? \nHere are the options: \n",)"
           R"("options":["(A)Yes","(B)No"],"options_dist":)" +
           shares + R"(,"data_type":"train"})";
  };
  const std::string good = recordOf("Japan", R"({"A":50.0,"B":50.0})");
  const std::string bad = recordOf("Peru", R"({"A":60.0,"B":-40.0})");
  const test::TemporaryFolder folder;
  const std::string training = folder.write("good.json", "[" + good + "]").string();
  const std::string validation = folder.write("bad.json", "[" + good + "," + bad + "]").string();
  const Finished finished =
      runProgram({"train", "--model", (folder.path() / "none").string(), "--survey", training,
                  "--valid", validation, "--skip-invalid", "-o", (folder.path() / "out").string()});
  EXPECT_THAT(finished.errors, HasSubstr("left out: " + validation + ", record 2"));
}

}  // namespace
}  // namespace canvass
