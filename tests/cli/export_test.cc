// `canvass export`: the file, what is said of what it lacks, and nothing half-written.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string survey =
    R"({"canvass":"survey","version":1,"language":"en"}
{"question":{"id":"Q1","text":"Tea?","scale":"ordinal","options":[{"label":"A","text":"Yes"},{"label":"B","text":"No"}]}}
{"population":{"id":"Peru","name":"Peru","phrase":"someone from Peru","attributes":{"country":"Peru"}}}
{"population":{"id":"women","name":"Women","phrase":"a woman"}}
{"item":{"question":"Q1","population":"Peru","distribution":[0.75,0.25],"n":120,"n_eff":100}}
{"item":{"question":"Q1","population":"women","distribution":[0.5,0.5]}}
)";

TEST(ExportVerb, WritesTheFileAndSaysWhatItLacks) {
  const test::TemporaryFolder folder;
  const auto input = folder.write("survey.jsonl", survey).string();
  const auto output = (folder.path() / "out").string();
  EXPECT_THAT(outputOf({"export", "csv", input, "-o", output}),
              HasSubstr("2 items written to " + output + " as csv; 0 left out"));
  EXPECT_THAT(readFile(output), StartsWith("question,question_text,"));
  const Finished finished = runProgram({"export", "simllm", input, "--json", "-o", output});
  EXPECT_EQ(finished.exitCode, 0);
  EXPECT_THAT(finished.errors, HasSubstr("note: 1 item left out"));
  const Json result = parseJson(finished.output, "output");
  EXPECT_EQ(result["format"], "simllm");
  EXPECT_EQ(result["items"], 1);
  EXPECT_EQ(result["left_out"], 1);
  EXPECT_THAT(outputOf({"import", "simllm", output, "-o", output + ".jsonl"}),
              HasSubstr("1 item (1 question, 1 population)"));
}

TEST(ExportVerb, PutsPredictionsNextToWhatWasObserved) {
  const test::TemporaryFolder folder;
  const auto input = folder.write("survey.jsonl", survey).string();
  const auto output = (folder.path() / "out").string();
  const auto tuned = (folder.path() / "tuned.jsonl").string();
  outputOf({"baseline", "uniform", "--items", input, "-o", tuned});
  outputOf({"export", "csv", input, "--predictions", tuned, "-o", output});
  EXPECT_THAT(readFile(output), HasSubstr(",predicted,"));
  const Finished finished =
      runProgram({"export", "simllm", input, "--predictions", tuned, "-o", output});
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors, HasSubstr("the format simllm cannot hold predictions"));
}

TEST(ExportVerb, WritesNothingWhereItCannot) {
  const test::TemporaryFolder folder;
  const auto input = folder.write("survey.jsonl", survey).string();
  const auto output = (folder.path() / "out").string();
  const Finished finished = runProgram({"export", "excel", input, "-o", output});
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors, HasSubstr("choose one of csv, csv-wide, xlsx"));
  EXPECT_FALSE(std::filesystem::exists(output));
  EXPECT_EQ(runProgram({"export", "csv", input}).exitCode, 2);
}

}  // namespace
}  // namespace canvass
