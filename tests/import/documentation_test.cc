// The examples of the pages are read by the readers that the pages describe.
#include "base/error.h"
#include "base/file.h"
#include "import/import.h"
#include "predictions/predictions.h"
#include "support/test_support.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

// The fenced blocks of a page, in order.
std::vector<std::string> examplesOf(const char* name) {
  const std::string fence = "```\n";
  const std::string page = readFile(test::sourceFolder() / "docs" / name);
  std::vector<std::string> blocks;
  for (std::size_t at = page.find(fence); at != std::string::npos;) {
    const std::size_t begin = at + fence.size();
    const std::size_t end = page.find(fence, begin);
    if (end == std::string::npos) break;
    blocks.push_back(page.substr(begin, end - begin));
    at = page.find(fence, end + fence.size());
  }
  return blocks;
}

TEST(FileForms, HaveTrueExamples) {
  const std::vector<std::string> blocks = examplesOf("file-forms.md");
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(surveyToJsonl(parseSurvey(blocks[0], "example")), blocks[0]);

  const test::TemporaryFolder folder;
  const auto path = folder.write("p.jsonl", blocks[1]);
  const Predictions predictions = readPredictions(path);
  writePredictions(predictions, path);
  EXPECT_EQ(readFile(path), blocks[1]);

  EXPECT_EQ(loadSurvey(folder.write("tea.json", blocks[2])).populations.at(0).name, "Japan");
}

TEST(PublishedDataSets, HaveTrueExamples) {
  const std::vector<std::string> blocks = examplesOf("data.md");
  ASSERT_EQ(blocks.size(), 3u);
  const test::TemporaryFolder folder;
  const Survey global =
      findImporter("global-opinions").run({folder.write("g.csv", blocks[0])}, {}).survey;
  EXPECT_EQ(global.questions.at(0).id, "GAS-1");
  EXPECT_EQ(global.populations.size(), 2u);
  const Survey groups = findImporter("subpop").run({folder.write("s.jsonl", blocks[1])}, {}).survey;
  EXPECT_EQ(groups.populations.at(0).id, "SEX = Male");

  folder.write("W26/info.csv", blocks[2]);
  folder.write("W26/metadata.csv", "key,options\nSEX,\"['Male', 'Female']\"\n");
  std::string responses = "SEX,SAFE_W26,WEIGHT_W26\n";
  for (int i = 0; i < 50; ++i) responses += "Male,Very safe,1\nFemale,Very safe,1\n";
  folder.write("W26/responses.csv", responses);
  const Survey wave = findImporter("opinionqa").run({folder.path() / "W26"}, {}).survey;
  EXPECT_EQ(wave.questions.at(0).id, "SAFE_W26");
  EXPECT_EQ(wave.populations.at(1), groups.populations.at(0)) << "both formats have one population";
}

}  // namespace
}  // namespace canvass
