// Numbers without an end in files of packages: in missing ranges, as values, weights and labels.
#include <cmath>
#include <limits>

#include "import/import.h"
#include "support/statistics_files.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

constexpr double infinity = std::numeric_limits<double>::infinity();

struct EndlessFile {
  const char* name;
  std::vector<NumberRange> missing;
  std::vector<ValueLabel> labels;
  double answer = 1;       // of one respondent in ten
  double weight = 1;       // of the same
  const char* fault = "";  // of the import by the drafted mapping; empty: it reads
  double share = 0.5;      // of the first option

  friend void PrintTo(const EndlessFile& one, std::ostream* out) { *out << one.name; }
};

const std::vector<ValueLabel> yesNo = {{"1", "Yes"}, {"2", "No"}};
const std::vector<ValueLabel> withRefused = {{"-1", "Refused"}, {"1", "Yes"}, {"2", "No"}};

const EndlessFile endlessFiles[] = {
    {"LowestThruMinusOne", {{-infinity, -1}}, withRefused, -1, 1, "", 4.0 / 9.0},
    {"LowestThruMinusOneUnlabeled", {{-infinity, -1}}, yesNo, -7, 1, "", 4.0 / 9.0},
    {"NineThruHighest", {{9, infinity}}, yesNo, 99, 1, "", 4.0 / 9.0},
    {"OfAllNumbers", {{-infinity, infinity}}, yesNo, 1, 1, "no variable looks like a question"},
    {"EndlessAnswer", {}, yesNo, infinity, 1, "", 0.4},
    {"EndlessNegativeAnswer", {}, yesNo, -infinity, 1, "", 4.0 / 9.0},
    {"NoNumber", {}, yesNo, std::nan(""), 1, "", 4.0 / 9.0},
    {"LabeledEndless", {}, {{"1", "Yes"}, {"2", "No"}, {"inf", "Never ends"}}, 1, 1, ""},
    {"EndlessWeight", {}, yesNo, 1, infinity, ""},
};

class EndlessNumbers : public ::testing::TestWithParam<EndlessFile> {};

TEST_P(EndlessNumbers, AreReadOrNamed) {
  const EndlessFile& file = GetParam();
  std::vector<double> answers, weights;
  for (int i = 0; i < 100; ++i) {
    answers.push_back(i % 10 == 0 ? file.answer : i % 2 == 0 ? 1 : 2);
    weights.push_back(i % 10 == 0 ? file.weight : 1);
  }
  test::MadeVariable question = test::madeNumber("q", answers, file.labels);
  question.about.missingRanges = file.missing;
  const test::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "endless.sav";
  test::writeStatisticsFile({path, StatisticsFormat::spssSystem, {}},
                            {question, test::madeNumber("weight", weights)});
  const Importer& importer = findImporter("spss");
  ImportOptions options;
  const auto import = [&] {
    options.mapping = folder.write("draft.toml", importer.draft({path}, options).text);
    return importer.run({path}, options).survey;
  };
  if (*file.fault != '\0') {
    EXPECT_THAT(test::errorOf([&] { import(); }), HasSubstr(file.fault));
    return;
  }
  const Survey survey = import();
  EXPECT_NEAR(survey.items.at(0).observed->at(0), file.share, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Files, EndlessNumbers, ::testing::ValuesIn(endlessFiles),
                         [](const auto& one) { return std::string(one.param.name); });

// A mapping by hand, of a weight that the draft would not have taken.
TEST(EndlessNumbers, AreNoWeights) {
  const test::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "endless.sav";
  test::writeStatisticsFile(
      {path, StatisticsFormat::spssSystem, {}},
      {test::madeNumber("q", {1, 2}, yesNo), test::madeNumber("w", {1, infinity})});
  ImportOptions options;
  options.mapping = folder.write("m.toml", R"([survey]
language = "en"
[design]
weight = "w"
[[populations]]
by = []
name = "all"
phrase = "someone"
minimum = 1
[[questions]]
variable = "q"
scale = "nominal"
)");
  EXPECT_THAT(test::errorOf([&] { findImporter("spss").run({path}, options); }),
              HasSubstr("record 2: the weight is code \"inf\", not a number"));
}

}  // namespace
}  // namespace canvass
