// Work that grows with the square of its input is unnoticed in small tests, and stands still on a
// large file. Each reader is timed on an input and on one four times as large: what is linear takes
// four times as long, what is quadratic sixteen times.
#include <fmt/format.h>

#include "reliability/hostile_files.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;

constexpr std::size_t growth = 4;
constexpr double mostFactor = 10.0;
// Below this, the time is mostly that of starting the program.
constexpr double measurable = 0.15;
constexpr test::RunLimits growthLimits{.megabytes = 4096, .seconds = 120};

struct Growing {
  std::string name;
  std::size_t count;                   // of the small input
  std::vector<std::string> arguments;  // "@name" is a file of the folder
  std::function<void(const test::TemporaryFolder&, std::size_t)> write;
};

void PrintTo(const Growing& growing, std::ostream* out) { *out << growing.name; }

std::string predictionsOf(std::size_t questions, std::size_t populations) {
  std::string text =
      "{\"canvass\":\"predictions\",\"version\":1,\"model\":\"m\",\"template\":\"t\"}\n";
  for (std::size_t i = 0; i < questions; ++i) {
    for (std::size_t j = 0; j < populations; ++j) {
      text += fmt::format(
          R"({{"question":"Q{}","population":"P{}","labels":["A","B"],"probabilities":[0.6,0.4]}})"
          "\n",
          i, j);
    }
  }
  return text;
}

// count columns v0, v1 ... and two records.
std::string wideCsv(std::size_t count) {
  std::string names = "v0";
  std::string ones = "1";
  std::string twos = "2";
  for (std::size_t i = 1; i < count; ++i) {
    names += fmt::format(",v{}", i);
    ones += ",1";
    twos += ",2";
  }
  return names + "\n" + ones + "\n" + twos + "\n";
}

std::string mappingOfQuestions(std::size_t count) {
  std::string text = test::smallMappingOf("v0");
  for (std::size_t i = 1; i < count; ++i) {
    text += fmt::format(
        "[[questions]]\nvariable = \"v{0}\"\ntext = \"Tea {0}?\"\nscale = \"nominal\"\n"
        "options = [{{ code = 1, text = \"yes\" }}, {{ code = 2, text = \"no\" }}]\n",
        i);
  }
  return text;
}

std::string csvOfGroups(std::size_t count) {
  std::string text = "g,q\n";
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("{},{}\n", i, 1 + i % 2);
  return text;
}

// `records` of three countries, or of as many countries as records.
std::string simllmOf(std::size_t records, bool hasManyCountries) {
  std::string text = "[";
  for (std::size_t i = 0; i < records; ++i) {
    text += fmt::format(
        R"({}{{"id":"{}","instruction":"How would someone from P{} answer the following question:\n\n","input":"Tea {}? \nHere are the options: \n","options":["(A)Yes","(B)No"],"options_dist":{{"A":60,"B":40}},"data_type":"x"}})",
        i == 0 ? "" : ",\n", hasManyCountries ? 0 : i / 3, hasManyCountries ? i : i % 3,
        hasManyCountries ? 0 : i / 3);
  }
  return text + "]";
}

using Folder = test::TemporaryFolder;

std::vector<Growing> growingInputs() {
  const auto questions = [](const Folder& folder, std::size_t count) {
    folder.write("s.jsonl", test::surveyOf(count, 3));
    folder.write("t.jsonl", test::surveyOf(count, 3));
    folder.write("p.jsonl", predictionsOf(count, 3));
    folder.write("more.jsonl", predictionsOf(count + 1, 4));
  };
  const auto populations = [](const Folder& folder, std::size_t count) {
    folder.write("s.jsonl", test::surveyOf(3, count));
    folder.write("t.jsonl", test::surveyOf(3, count));
    folder.write("p.jsonl", predictionsOf(3, count));
    folder.write("more.jsonl", predictionsOf(4, count + 1));
  };
  const auto both = [&](const char* name, std::size_t count, std::vector<std::string> arguments) {
    return std::vector<Growing>{
        {fmt::format("{}Questions", name), count, arguments, questions},
        {fmt::format("{}Populations", name), count, arguments, populations}};
  };
  std::vector<Growing> all = {
      {"Columns",
       8000,
       {"import", "csv", "@d.csv", "--draft-mapping", "@m.toml"},
       [](const Folder& folder, std::size_t count) { folder.write("d.csv", wideCsv(count)); }},
      {"MappedQuestions",
       8000,
       {"import", "csv", "@d.csv", "--mapping", "@m.toml", "-o", "@out"},
       [](const Folder& folder, std::size_t count) {
         folder.write("d.csv", wideCsv(count));
         folder.write("m.toml", mappingOfQuestions(count));
       }},
      {"MappedGroups",
       2400,
       {"import", "csv", "@d.csv", "--mapping", "@m.toml", "-o", "@out"},
       [](const Folder& folder, std::size_t count) {
         folder.write("d.csv", csvOfGroups(count));
         folder.write("m.toml", test::mappingOfGroups(count));
       }},
      {"Tables", 4000, {"table", "@s.jsonl", "--by", "country", "--csv", "@out"}, questions},
      {"SimllmQuestions",
       20000,
       {"import", "simllm", "@d.json", "-o", "@out"},
       [](const Folder& folder, std::size_t count) {
         folder.write("d.json", simllmOf(count, false));
       }},
      {"SimllmPopulations",
       20000,
       {"import", "simllm", "@d.json", "-o", "@out"},
       [](const Folder& folder, std::size_t count) {
         folder.write("d.json", simllmOf(count, true));
       }},
      {"LongText",
       2'000'000,
       {"export", "markdown", "@s.jsonl", "-o", "@out"},
       [](const Folder& folder, std::size_t count) {
         std::string survey = test::smallSurvey();
         survey.replace(survey.find("Tea?"), 4, test::repeated("word ", count));
         folder.write("s.jsonl", survey);
       }},
  };
  for (const std::vector<Growing>& more : {
           both("Describe", 10000, {"describe", "@s.jsonl"}),
           both("Split", 8000, {"split", "@s.jsonl", "--hold-out-cells", "0.2", "-o", "@parts"}),
           both("Audit", 1500, {"audit", "@s.jsonl", "@t.jsonl"}),
           both("Csv", 8000, {"export", "csv", "@s.jsonl", "-o", "@out"}),
           both("Wide", 8000, {"export", "csv-wide", "@s.jsonl", "-o", "@out"}),
           both("Baseline", 6000,
                {"baseline", "question_mean", "--items", "@s.jsonl", "--train", "@s.jsonl", "-o",
                 "@out"}),
           both("Evaluate", 1500,
                {"evaluate", "--survey", "@s.jsonl", "--predictions", "@p.jsonl", "--resamples",
                 "40"}),
           both("CrossQuestion", 400,
                {"calibrate", "cross-question", "--survey", "@s.jsonl", "--predictions",
                 "@more.jsonl", "-o", "@out"}),
           both("Calibrate", 4000,
                {"calibrate", "fit", "--method", "temperature", "--survey", "@s.jsonl",
                 "--predictions", "@p.jsonl", "-o", "@out"}),
       }) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

class GrowingInputs : public ::testing::TestWithParam<Growing> {};

double secondsFor(const Growing& growing, std::size_t count) {
  const Folder folder;
  growing.write(folder, count);
  std::vector<std::string> words = growing.arguments;
  for (std::string& word : words) {
    if (word.starts_with('@')) word = (folder.path() / word.substr(1)).string();
  }
  const Finished finished = test::runProgram(words, growthLimits);
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  return finished.processorSeconds;
}

TEST_P(GrowingInputs, TakeNoMoreThanTheirShareOfTime) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "what the sanitizers add to the time says nothing of how it grows";
#endif
  const double small = secondsFor(GetParam(), GetParam().count);
  const double large = secondsFor(GetParam(), growth * GetParam().count);
  EXPECT_LT(large, mostFactor * std::max(small, measurable)) << small;
}

std::string growingName(const ::testing::TestParamInfo<Growing>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Readers, GrowingInputs, ::testing::ValuesIn(growingInputs()), growingName);

}  // namespace
}  // namespace canvass
