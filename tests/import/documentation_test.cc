// The examples of docs/file-forms.md are read by the readers that the page describes.
#include "base/error.h"
#include "base/file.h"
#include "import/import.h"
#include "support/test_support.h"
#include "survey/predictions.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

// The fenced blocks of the page, in order.
std::vector<std::string> examples() {
  const std::string fence = "```\n";
  std::string page = readFile(test::sourceFolder() / "docs" / "file-forms.md");
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
  const std::vector<std::string> blocks = examples();
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(surveyToJsonl(parseSurvey(blocks[0], "example")), blocks[0]);

  const test::TemporaryFolder folder;
  const auto path = folder.write("p.jsonl", blocks[1]);
  const Predictions predictions = readPredictions(path);
  writePredictions(predictions, path);
  EXPECT_EQ(readFile(path), blocks[1]);

  EXPECT_EQ(loadSurvey(folder.write("tea.json", blocks[2])).populations.at(0).name, "Japan");
}

}  // namespace
}  // namespace canvass
