// `canvass import` on bad records: named by file and number, and left out only where asked.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::HasSubstr;

std::string recordOfJapan(const std::string& id, const std::string& shares) {
  return R"({"id":")" + id +
         R"(","instruction":"How would someone from Japan answer the following )"
         R"(question:\n\n","input":"Tea? \nHere are the options: \n","options":["(A)Yes","(B)No"],)"
         R"("options_dist":)" +
         shares + R"(,"data_type":"test"})";
}

std::string threeRecords() {
  return "[" + recordOfJapan("1", R"({"A":60,"B":40})") + "," +
         recordOfJapan("2", R"({"A":0,"B":0})") + "," + recordOfJapan("3", R"({"A":30,"B":77})") +
         "]";
}

TEST(ImportVerb, StopsAtTheFirstBadRecord) {
  const test::TemporaryFolder folder;
  const auto input = folder.write("answers.json", threeRecords()).string();
  const auto output = (folder.path() / "survey.jsonl").string();
  const Finished finished = runProgram({"import", "simllm", input, "-o", output});
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors, HasSubstr("answers.json, record 2"));
  EXPECT_FALSE(std::filesystem::exists(output));
}

TEST(ImportVerb, LeavesOutAndCountsWhereAsked) {
  const test::TemporaryFolder folder;
  const auto input = folder.write("answers.json", threeRecords()).string();
  const auto output = (folder.path() / "survey.jsonl").string();
  const Finished finished =
      runProgram({"import", "simllm", input, "--skip-invalid", "--json", "-o", output});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_THAT(finished.errors, HasSubstr("record 2"));
  EXPECT_THAT(finished.errors, HasSubstr("record 3"));
  EXPECT_THAT(finished.errors, HasSubstr("2 records left out"));
  const Json result = parseJson(finished.output, "output");
  EXPECT_EQ(result["items"], 1);
  EXPECT_EQ(result["skipped"].size(), 2);
}

TEST(ImportVerb, ReadsRespondentsByAMapping) {
  const test::TemporaryFolder folder;
  const auto input = folder.write("tea.csv", "land,q\nPeru,1\nPeru,1\nPeru,2\nPeru,9\n").string();
  const auto mapping = folder
                           .write("tea.toml", R"([survey]
language = "en"
[attributes.land]
variable = "land"
[[populations]]
by = ["land"]
phrase = "someone from {land}"
minimum = 3
[[questions]]
variable = "q"
text = "Tea?"
scale = "nominal"
options = [{ code = 1, text = "yes" }, { code = 2, text = "no" }]
refused = [9]
)")
                           .string();
  const auto output = (folder.path() / "survey.jsonl").string();
  outputOf({"import", "csv", input, "--mapping", mapping, "-o", output});
  const Json result = parseJson(outputOf({"import", "csv", input, "--mapping", mapping,
                                          "--with-missing", "--json", "-o", output}),
                                "output");
  EXPECT_EQ(result["items"], 1);
  EXPECT_EQ(result["notes"][0], "4 respondents read");
  const Finished failed = runProgram({"import", "csv", input, "-o", output});
  EXPECT_EQ(failed.exitCode, 1);
  EXPECT_THAT(failed.errors, HasSubstr("name it with --mapping"));
}

TEST(ImportVerb, DraftsAMappingThatWorks) {
  const test::TemporaryFolder folder;
  std::string answers = "sex,q\n";
  for (int i = 0; i < 120; ++i) answers += i % 2 == 0 ? "male,yes\n" : "female,no\n";
  const auto input = folder.write("tea.csv", answers).string();
  const auto mapping = (folder.path() / "tea.toml").string();
  const auto output = (folder.path() / "survey.jsonl").string();
  EXPECT_THAT(outputOf({"import", "csv", input, "--draft-mapping", mapping}),
              HasSubstr("review it, then run:"));
  EXPECT_THAT(outputOf({"import", "csv", input, "--mapping", mapping, "-o", output}),
              HasSubstr("2 items (1 question, 2 populations)"));
  const Finished again = runProgram({"import", "csv", input, "--draft-mapping", mapping});
  EXPECT_EQ(again.exitCode, 1);
  EXPECT_THAT(again.errors, HasSubstr("tea.toml: the file already exists"));
  EXPECT_EQ(runProgram({"import", "csv", input}).exitCode, 2);
  EXPECT_THAT(runProgram({"import", "simllm", input, "--draft-mapping", output}).errors,
              HasSubstr("the format simllm needs no mapping"));
}

TEST(ImportVerb, HintsAtTheCodebookThatTheDraftWasMadeWith) {
  const test::TemporaryFolder folder;
  std::string answers = "q\n";
  for (int i = 0; i < 120; ++i) answers += i % 2 == 0 ? "1\n" : "2\n";
  const auto input = folder.write("tea.csv", answers).string();
  const auto codebook =
      folder.write("codebook.json", R"({"q":{"question":"Tea?","choices":{"1":"yes","2":"no"}}})")
          .string();
  const auto mapping = (folder.path() / "tea.toml").string();
  EXPECT_THAT(outputOf({"import", input, "--codebook", codebook, "--draft-mapping", mapping}),
              HasSubstr(input + " --codebook " + codebook + " --mapping " + mapping));
}

TEST(ImportVerb, ChoosesQuestionsAndRecordsOfADraftAndOfAnImport) {
  const test::TemporaryFolder folder;
  std::string answers = "wave,q1,q2\n";
  for (int i = 0; i < 240; ++i) {
    answers += i % 3 == 0 ? "2021,yes,tea\n" : i % 2 == 0 ? "2022,no,tea\n" : "2022,yes,milk\n";
  }
  const auto input = folder.write("tea.csv", answers).string();
  const auto mapping = (folder.path() / "tea.toml").string();
  const auto output = (folder.path() / "survey.jsonl").string();
  const Finished drafted = runProgram({"import", input, "--where", "wave == 2022", "--questions",
                                       "q1", "--draft-mapping", mapping});
  EXPECT_EQ(drafted.exitCode, 0) << drafted.errors;
  EXPECT_THAT(drafted.output, HasSubstr(input + " --where 'wave == 2022' --mapping " + mapping));
  EXPECT_THAT(drafted.errors, HasSubstr("guessed: 1 question, 0 attributes"));
  EXPECT_THAT(drafted.errors, HasSubstr("guessed: no weight found: unweighted"));
  const Finished imported =
      runProgram({"import", input, "--mapping", mapping, "--where", "wave == 2022", "-o", output});
  EXPECT_EQ(imported.exitCode, 0) << imported.errors;
  EXPECT_THAT(imported.errors, HasSubstr("80 records left out by --where, of 240"));
  EXPECT_THAT(outputOf({"describe", output}), HasSubstr("Weight       unweighted"));
  const Finished wrong =
      runProgram({"import", input, "--mapping", mapping, "--where", "wav == 1", "-o", output});
  EXPECT_EQ(wrong.exitCode, 1);
  EXPECT_THAT(wrong.errors, HasSubstr("did you mean \"wave\""));
}

TEST(ImportVerb, FindsTheFormatOfAFile) {
  const test::TemporaryFolder folder;
  const auto input =
      folder.write("answers.json", "[" + recordOfJapan("1", R"({"A":60,"B":40})") + "]").string();
  const auto output = (folder.path() / "survey.jsonl").string();
  const Json result = parseJson(outputOf({"import", input, "--json", "-o", output}), "output");
  EXPECT_EQ(result["format"], "simllm");
  EXPECT_EQ(result["items"], 1);
  EXPECT_THAT(outputOf({"import", "json", input, "-o", output}), HasSubstr("1 item ("));
  const std::vector<std::pair<std::vector<std::string>, const char*>> failures = {
      {{input, input}, "given twice"},
      {{"simlm", input}, "did you mean \"simllm\"?"},
      {{"no-such.sav"}, "no-such.sav: this file does not exist"},
      {{"no-format"}, "there is no file or import format \"no-format\""},
      {{output}, "this is already a survey"},
      {{input, "--codebook", "c.json"}, "--codebook does nothing for the format simllm"},
      {{input, "--wording", "w.csv"}, "--wording does nothing for the format simllm"},
  };
  for (const auto& [arguments, message] : failures) {
    std::vector<std::string> all = {"import"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    all.insert(all.end(), {"-o", (folder.path() / "none.jsonl").string()});
    const Finished finished = runProgram(all);
    EXPECT_EQ(finished.exitCode, 1) << message;
    EXPECT_THAT(finished.errors, HasSubstr(message));
  }
}

TEST(ImportVerb, NamesTheTopicsOfTheWorldValuesSurvey) {
  const test::TemporaryFolder folder;
  const auto input =
      folder.write("answers.json", "[" + recordOfJapan("164", R"({"A":60,"B":40})") + "]");
  const auto output = (folder.path() / "survey.jsonl").string();
  outputOf({"import", "simllm", input.string(), "--topics", "wvs7", "-o", output});
  EXPECT_THAT(outputOf({"describe", output}), HasSubstr("eligious values"));
}

}  // namespace
}  // namespace canvass
