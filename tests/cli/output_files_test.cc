// What is read is never overwritten, and what could not be printed is no success.
#include <filesystem>

#include "base/file.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::runInShell;
using test::runProgram;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string outputSurvey =
    R"({"canvass":"survey","version":2,"language":"en"}
{"question":{"id":"Q1","text":"Tea?","scale":"ordinal","options":[{"label":"A","text":"Yes"},{"label":"B","text":"No"}]}}
{"population":{"id":"Peru","name":"Peru","phrase":"someone from Peru"}}
{"population":{"id":"Chile","name":"Chile","phrase":"someone from Chile"}}
{"item":{"question":"Q1","population":"Peru","distribution":[0.75,0.25],"n":120}}
{"item":{"question":"Q1","population":"Chile","distribution":[0.25,0.75],"n":120}}
)";
const std::string outputMapping =
    "[survey]\nlanguage = \"en\"\n[[populations]]\nby = []\nname = \"all\"\nphrase = \"someone\"\n"
    "minimum = 1\n[[questions]]\nvariable = \"q\"\ntext = \"Tea?\"\nscale = \"nominal\"\n"
    "options = [{ code = 1, text = \"yes\" }, { code = 2, text = \"no\" }]\n";

class OutputFiles : public ::testing::Test {
 protected:
  OutputFiles() {
    folder_.write("survey.jsonl", outputSurvey);
    folder_.write("named.svg", outputSurvey);
    folder_.write("data.csv", "q\n1\n2\n");
    folder_.write("map.toml", outputMapping);
    folder_.write("parts/train.jsonl", outputSurvey);
    runProgram({"baseline", "uniform", "--items", at("survey.jsonl"), "-o", at("uniform.jsonl")});
    runProgram({"evaluate", "--survey", at("survey.jsonl"), "--predictions", at("uniform.jsonl"),
                "--json", at("e.json")});
    std::filesystem::create_symlink("survey.jsonl", at("link.jsonl"));
    std::filesystem::create_hard_link(at("survey.jsonl"), at("hard.jsonl"));
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  // "@name" is that file.
  std::vector<std::string> words(std::vector<std::string> arguments) const {
    for (std::string& word : arguments) {
      if (word.starts_with('@')) word = at(word.substr(1));
    }
    return arguments;
  }

  test::TemporaryFolder folder_;
};

TEST_F(OutputFiles, AreNeverFilesThatAreRead) {
  const struct {
    std::vector<std::string> arguments;
    const char* file;
  } cases[] = {
      {{"import", "csv", "@data.csv", "--mapping", "@map.toml", "-o", "@data.csv"}, "data.csv"},
      {{"import", "csv", "@data.csv", "--mapping", "@map.toml", "-o", "@map.toml"}, "map.toml"},
      {{"import", "@data.csv", "--mapping", "@map.toml", "-o", "@parts/../data.csv"}, "data.csv"},
      {{"export", "csv", "@survey.jsonl", "-o", "@survey.jsonl"}, "survey.jsonl"},
      {{"export", "csv", "@survey.jsonl", "-o", "@link.jsonl"}, "survey.jsonl"},
      {{"export", "csv", "@link.jsonl", "-o", "@survey.jsonl"}, "survey.jsonl"},
      {{"export", "csv", "@survey.jsonl", "-o", "@hard.jsonl"}, "survey.jsonl"},
      {{"baseline", "uniform", "--items", "@survey.jsonl", "-o", "@survey.jsonl"}, "survey.jsonl"},
      {{"describe", "@survey.jsonl", "--json", "@survey.jsonl"}, "survey.jsonl"},
      {{"evaluate", "--survey", "@survey.jsonl", "--predictions", "@uniform.jsonl", "--json",
        "@uniform.jsonl"},
       "uniform.jsonl"},
      {{"report", "@e.json", "--latex", "@e.json"}, "e.json"},
      {{"report", "@e.json", "-o", "@e.json"}, "e.json"},
      {{"calibrate", "fit", "--method", "temperature", "--survey", "@survey.jsonl", "--predictions",
        "@uniform.jsonl", "-o", "@uniform.jsonl"},
       "uniform.jsonl"},
      {{"split", "@parts/train.jsonl", "--hold-out-populations", "Peru", "-o", "@parts"},
       "parts/train.jsonl"},
      {{"reflect", "--survey", "@named.svg", "--predictions", "@uniform.jsonl", "--map",
        "@named.svg"},
       "named.svg"},
      {{"compare", "--survey", "@named.svg", "--predictions", "@uniform.jsonl", "--curve",
        "@named.svg"},
       "named.svg"},
  };
  for (const auto& [arguments, file] : cases) {
    const std::string before = readFile(at(file));
    const Finished finished = runProgram(words(arguments));
    EXPECT_NE(finished.exitCode, 0) << arguments[0] << " over " << file;
    EXPECT_THAT(finished.errors, HasSubstr("overwritten")) << arguments[0];
    EXPECT_EQ(readFile(at(file)), before) << arguments[0];
  }
}

TEST_F(OutputFiles, AreTwoFiles) {
  const Finished finished =
      runProgram(words({"report", "@e.json", "--latex", "@out", "-o", "@out"}));
  EXPECT_EQ(finished.exitCode, 2);
  EXPECT_THAT(finished.errors, HasSubstr("is the file of --"));
  EXPECT_FALSE(std::filesystem::exists(at("out")));
}

TEST_F(OutputFiles, MayLieNextToWhatIsRead) {
  for (const char* output : {"@other.csv", "@parts/new.csv"}) {
    EXPECT_EQ(runProgram(words({"export", "csv", "@survey.jsonl", "-o", output})).exitCode, 0);
  }
}

TEST_F(OutputFiles, FailWhereNothingCanBePrinted) {
  const std::string input = at("survey.jsonl");
  for (const std::string& verb :
       {"describe " + input, "describe " + input + " --json", std::string("--help"),
        std::string("describe --help"), std::string("--version"), std::string("templates"),
        "evaluate --survey " + input + " --predictions " + at("uniform.jsonl")}) {
    const Finished full = runInShell("canvass " + verb + " > /dev/full");
    EXPECT_EQ(full.exitCode, 1) << verb;
    EXPECT_THAT(full.errors, HasSubstr("what was printed is not complete")) << verb;
    const Finished closed = runInShell("canvass " + verb + " >&-");
    EXPECT_EQ(closed.exitCode, 1) << verb;
    EXPECT_THAT(closed.errors, HasSubstr("what was printed is not complete")) << verb;
  }
}

TEST_F(OutputFiles, HoldNothingOfWhatIsPrinted) {
  runInShell("canvass export csv " + at("survey.jsonl") + " -o " + at("out.csv") + " >&- 2>&-");
  EXPECT_THAT(readFile(at("out.csv")), ::testing::StartsWith("question,"));
  EXPECT_THAT(readFile(at("out.csv")), ::testing::Not(HasSubstr("written")));
}

TEST_F(OutputFiles, AreQuietWhereAReaderStopsEarly) {
  const Finished finished = runInShell("canvass --help | head -n 1");
  EXPECT_EQ(finished.exitCode, 0);
  EXPECT_THAT(finished.errors, IsEmpty());
}

}  // namespace
}  // namespace canvass
