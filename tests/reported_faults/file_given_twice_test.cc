// A file that was given twice counted twice: every respondent of it, every prediction.
#include <fmt/format.h>

#include "base/child_process.h"
#include "import/import.h"
#include "predictions/predictions.h"
#include "support/test_support.h"
#include "survey/sample_survey.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

constexpr const char* respondents = "country,trust\n1,1\n1,2\n2,1\n2,2\n";

constexpr const char* mapping = R"([survey]
language = "en"
[attributes.country]
variable = "country"
values = [{ code = 1, name = "Peru" }, { code = 2, name = "Japan" }]
[[populations]]
by = ["country"]
phrase = "someone from {country}"
minimum = 1
[[questions]]
variable = "trust"
id = "trust"
text = "Do you trust others?"
scale = "nominal"
options = [{ code = 1, text = "yes" }, { code = 2, text = "no" }]
)";

// Every format checks its files before it reads them.
TEST(FileGivenTwice, IsRefusedByImporters) {
  const test::TemporaryFolder folder;
  ImportOptions options;
  options.mapping = folder.write("mapping.toml", mapping);
  const auto once = folder.write("answers.csv", respondents);
  const Importer& csv = findImporter("csv");
  EXPECT_EQ(csv.run({once}, options).survey.items.front().respondents, 2.0);
  EXPECT_THAT(test::errorOf([&] {
                csv.run({once, folder.path() / "." / "answers.csv"}, options);
              }),
              HasSubstr("answers.csv: the file is given twice"));
  for (const char* format : {"simllm", "subpop", "opinionqa"}) {
    EXPECT_THAT(test::errorOf([&] {
                  findImporter(format).run({once, once}, {});
                }),
                HasSubstr("answers.csv: the file is given twice"))
        << format;
  }
}

TEST(FileGivenTwice, IsRefusedByVerbs) {
  const test::TemporaryFolder folder;
  const std::string surveyFile = (folder.path() / "survey.jsonl").string();
  const std::string predicted = (folder.path() / "predictions.jsonl").string();
  Survey survey = test::gridSurvey(2, 2);
  Predictions predictions;
  for (Item& item : survey.items) {
    item.observed = {0.5, 0.5};
    predictions.predictions.push_back(predictionFor(survey, item));
    predictions.predictions.back().probabilities = {0.5, 0.5};
  }
  writeSurvey(survey, surveyFile);
  writePredictions(predictions, predicted);
  const std::vector<std::vector<std::string>> commands = {
      {CANVASS_PROGRAM, "describe", surveyFile, surveyFile},
      {CANVASS_PROGRAM, "evaluate", "--survey", surveyFile, "--predictions", predicted, predicted},
      {CANVASS_PROGRAM, "evaluate", "--survey", surveyFile, surveyFile, "--predictions", predicted},
      {CANVASS_PROGRAM, "report", surveyFile, surveyFile, "-o",
       (folder.path() / "r.html").string()},
  };
  for (const auto& command : commands) {
    const auto result = runChild(command, "");
    EXPECT_EQ(result->exitCode, 1) << fmt::format("{}", fmt::join(command, " "));
    EXPECT_THAT(result->errors, HasSubstr("the file is given twice"));
  }
}

}  // namespace
}  // namespace canvass
