// Whatever stands where a file is named - a pipe, a device, a folder, a link that leads nowhere, a
// name that no file can have - a run ends with a message that names it.
#include <sys/stat.h>

#include <fstream>

#include "base/file.h"
#include "base/json.h"
#include "reliability/hostile_files.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::runInShell;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr test::RunLimits pathLimits{.megabytes = 1024, .seconds = 30};

class OddPaths : public ::testing::Test {
 protected:
  OddPaths() {
    namespace fs = std::filesystem;
    folder_.write("survey.jsonl", test::smallSurvey());
    folder_.write("data.csv", "q\n1\n2\n");
    folder_.write("map.toml", test::smallMappingOf());
    test::runProgram({"baseline", "uniform", "--items", at("survey.jsonl"), "-o", at("p.jsonl")});
    test::runProgram({"evaluate", "--survey", at("survey.jsonl"), "--predictions", at("p.jsonl"),
                      "--json", at("e.json")});
    fs::create_directory(at("folder"));
    fs::create_symlink("loop", at("loop"));
    fs::create_symlink("nowhere", at("dangling"));
    ::mkfifo(at("pipe").c_str(), 0600);
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  // "@name" is that file; "?" is the odd path.
  Finished run(std::vector<std::string> words, const std::string& odd) const {
    for (std::string& word : words) {
      if (word == "?") word = odd;
      if (word.starts_with('@')) word = at(word.substr(1));
    }
    return test::runProgram(words, pathLimits);
  }

  test::TemporaryFolder folder_;
};

using Words = std::vector<std::string>;

const std::vector<Words>& readingRuns() {
  static const std::vector<Words> runs = {
      {"describe", "?"},
      {"audit", "?", "@survey.jsonl"},
      {"split", "?", "--hold-out-populations", "Peru", "-o", "@parts"},
      {"export", "csv", "?", "-o", "@out"},
      {"export", "csv", "@survey.jsonl", "--predictions", "?", "-o", "@out"},
      {"import", "csv", "?", "--mapping", "@map.toml", "-o", "@out"},
      {"import", "csv", "@data.csv", "--mapping", "?", "-o", "@out"},
      {"import", "csv", "?", "--draft-mapping", "@out"},
      {"import", "csv", "@data.csv", "--mapping", "@map.toml", "--topics", "?", "-o", "@out"},
      {"import", "csv", "@data.csv", "--draft-mapping", "@out", "--codebook", "?"},
      {"import", "spss", "?", "--mapping", "@map.toml", "-o", "@out"},
      {"import", "simllm", "?", "-o", "@out"},
      {"import", "subpop", "?", "-o", "@out"},
      {"import", "?", "-o", "@out"},
      {"table", "?"},
      {"table", "?", "--mapping", "@map.toml"},
      {"weight", "@data.csv", "--mapping", "@map.toml", "--margins", "?", "-o", "@out"},
      {"baseline", "uniform", "--items", "?", "-o", "@out"},
      {"baseline", "question-mean", "--items", "@survey.jsonl", "--train", "?", "-o", "@out"},
      {"evaluate", "--survey", "?", "--predictions", "@p.jsonl"},
      {"evaluate", "--survey", "@survey.jsonl", "--predictions", "?"},
      {"compare", "--survey", "@survey.jsonl", "--predictions", "@p.jsonl", "?"},
      {"calibrate", "apply", "--calibrator", "?", "--predictions", "@p.jsonl", "-o", "@out"},
      {"calibrate", "fit", "--method", "temperature", "--survey", "?", "--predictions", "@p.jsonl",
       "-o", "@out"},
      {"report", "?", "-o", "@out"},
      {"picture", "design", "?", "-o", "@out.svg"},
  };
  return runs;
}

std::string sentence(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += word + " ";
  return text;
}

TEST_F(OddPaths, AreRefusedAsInputs) {
  const std::string odd[] = {"/dev/zero",
                             at("folder"),
                             at("loop"),
                             at("dangling"),
                             at("data.csv") + "/file",
                             at("missing"),
                             at(std::string(300, 'n')),
                             at("not\xFFutf8")};
  for (const std::string& path : odd) {
    for (const Words& words : readingRuns()) {
      const Finished finished = run(words, path);
      EXPECT_TRUE(finished.exitCode == 1 || finished.exitCode == 2)
          << sentence(words) << path << ": " << finished.exitCode;
      EXPECT_THAT(finished.errors, Not(HasSubstr("internal error"))) << sentence(words) << path;
      EXPECT_THAT(finished.errors, HasSubstr("canvass: ")) << sentence(words) << path;
      EXPECT_FALSE(std::filesystem::exists(at("out"))) << sentence(words) << path;
    }
  }
}

TEST_F(OddPaths, AreRefusedAsOutputs) {
  const std::vector<Words> writing = {
      {"export", "csv", "@survey.jsonl", "-o", "?"},
      {"import", "csv", "@data.csv", "--mapping", "@map.toml", "-o", "?"},
      {"import", "csv", "@data.csv", "--draft-mapping", "?"},
      {"baseline", "uniform", "--items", "@survey.jsonl", "-o", "?"},
      {"describe", "@survey.jsonl", "--json", "?"},
      {"evaluate", "--survey", "@survey.jsonl", "--predictions", "@p.jsonl", "--json", "?"},
      {"report", "@e.json", "-o", "?"},
      {"report", "@e.json", "--latex", "?"},
      {"table", "@survey.jsonl", "--csv", "?"},
      {"table", "@survey.jsonl", "--latex", "?"},
      {"table", "@survey.jsonl", "--markdown", "?"},
      {"calibrate", "fit", "--method", "temperature", "--survey", "@survey.jsonl", "--predictions",
       "@p.jsonl", "-o", "?"},
  };
  const std::string odd[] = {
      at("folder"), at("loop"), at("data.csv") + "/file", at(std::string(300, 'n')),
      "/dev/full",  "-",        "/proc/self/out"};
  for (const std::string& path : odd) {
    for (const Words& words : writing) {
      const Finished finished = run(words, path);
      EXPECT_TRUE(finished.exitCode == 1 || finished.exitCode == 2)
          << sentence(words) << path << ": " << finished.exitCode << finished.output;
      EXPECT_THAT(finished.errors, Not(HasSubstr("internal error"))) << sentence(words) << path;
      EXPECT_THAT(finished.errors, HasSubstr("canvass: ")) << sentence(words) << path;
    }
  }
  struct stat status {};
  EXPECT_TRUE(::stat("/dev/full", &status) == 0 && S_ISCHR(status.st_mode));
}

// A split writes a folder of files.
TEST_F(OddPaths, AreRefusedAsFoldersOfOutputs) {
  for (const std::string& path : {at("data.csv"), at("data.csv") + "/folder", at("loop"),
                                  at(std::string(300, 'n')), std::string("/dev/null")}) {
    const Finished finished =
        run({"split", "@survey.jsonl", "--hold-out-populations", "Peru", "-o", "?"}, path);
    EXPECT_EQ(finished.exitCode, 1) << path;
    EXPECT_THAT(finished.errors, Not(HasSubstr("internal error"))) << path;
    EXPECT_EQ(readFile(at("data.csv")), "q\n1\n2\n");
  }
}

TEST_F(OddPaths, MayBeUnusual) {
  for (const std::string& name :
       {std::string(255, 'n'), std::string("not\xFFutf8"), std::string("a b\nc"),
        std::string("new/folders/out"), std::string("-o")}) {
    const Finished finished = run({"export", "csv", "@survey.jsonl", "-o", "?"}, at(name));
    EXPECT_EQ(finished.exitCode, 0) << name << finished.errors;
    EXPECT_THAT(readFile(at(name)), HasSubstr("Tea?")) << name;
  }
}

// A name that is not UTF-8 stands in results all the same.
TEST_F(OddPaths, MayBeNamedInJson) {
  const std::string odd = at("not\xFFutf8");
  std::filesystem::copy_file(at("survey.jsonl"), odd);
  std::filesystem::copy_file(at("p.jsonl"), at("p\xFF.jsonl"));
  const std::vector<Words> runs = {
      {"evaluate", "--survey", "?", "--predictions", "@p\xFF.jsonl", "--json"},
      {"evaluate", "--survey", "?", "--predictions", "@p\xFF.jsonl", "--json", "@e2.json"},
      {"compare", "--survey", "?", "--predictions", "@p\xFF.jsonl", "@p.jsonl", "--json"},
      {"describe", "?", "--json"},
      {"audit", "?", "@survey.jsonl", "--json"},
      {"report", "@e2.json", "--survey", "?", "--predictions", "@p\xFF.jsonl", "-o", "@page"},
  };
  for (const Words& words : runs) {
    const Finished finished = run(words, odd);
    EXPECT_EQ(finished.exitCode, 0) << sentence(words) << finished.errors;
    if (words.back() == "--json") {
      EXPECT_NO_THROW(parseJson(finished.output, "output"));
    }
  }
}

TEST_F(OddPaths, AreWrittenThroughLinks) {
  std::filesystem::create_symlink("folder/real.csv", at("link"));
  for (int times = 0; times < 2; ++times) {  // a link that leads nowhere, then one to a file
    EXPECT_EQ(run({"export", "csv", "@survey.jsonl", "-o", "?"}, at("link")).exitCode, 0);
    EXPECT_TRUE(std::filesystem::is_symlink(at("link")));
    EXPECT_THAT(readFile(at("folder/real.csv")), HasSubstr("Tea?"));
  }
}

TEST_F(OddPaths, AreReadFromStreams) {
  const std::string survey = at("survey.jsonl");
  const std::string expected = test::outputOf({"describe", survey});
  for (const std::string& line :
       {"canvass describe - < " + survey, "cat " + survey + " | canvass describe -",
        "cat " + survey + " | canvass describe /dev/stdin",
        "(sleep 0.2; cat " + survey + ") > " + at("pipe") + " & canvass describe " + at("pipe")}) {
    const Finished finished = runInShell(line);
    EXPECT_EQ(finished.exitCode, 0) << line << finished.errors;
    EXPECT_EQ(finished.output, expected) << line;
  }
  const Finished imported =
      runInShell("cat " + at("data.csv") + " | canvass import csv - --mapping " + at("map.toml") +
                 " -o " + at("imported.jsonl"));
  EXPECT_EQ(imported.exitCode, 0) << imported.errors;
  EXPECT_THAT(readFile(at("imported.jsonl")), HasSubstr("Tea?"));
}

TEST_F(OddPaths, AreNotWaitedForWhereNothingWrites) {
  const Finished finished = run({"describe", "?"}, at("pipe"));
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors, HasSubstr("nothing is written to this pipe"));
  const Finished nothing = run({"describe", "?"}, "-");
  EXPECT_EQ(nothing.exitCode, 1);
  EXPECT_THAT(nothing.errors, HasSubstr("standard input: nothing can be read from it"));
  const Finished twice = runInShell("cat " + at("survey.jsonl") + " | canvass audit - -");
  EXPECT_EQ(twice.exitCode, 1);
  EXPECT_THAT(twice.errors, HasSubstr("standard input: it is named twice"));
}

TEST_F(OddPaths, AreWrittenToStreams) {
  const Finished piped =
      runInShell("(cat " + at("pipe") + " > " + at("copy") + ") & canvass export csv " +
                 at("survey.jsonl") + " -o " + at("pipe") + "; wait");
  EXPECT_EQ(piped.exitCode, 0) << piped.errors;
  EXPECT_THAT(readFile(at("copy")), HasSubstr("Tea?"));
  EXPECT_EQ(runInShell("canvass export csv " + at("survey.jsonl") + " -o /dev/null").exitCode, 0);
  struct stat status {};
  EXPECT_TRUE(::stat("/dev/null", &status) == 0 && S_ISCHR(status.st_mode));
}

}  // namespace
}  // namespace canvass
