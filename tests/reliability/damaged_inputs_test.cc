// Files that no program wrote: whatever is in them, a run ends soon, in little memory, with a
// message that says what is wrong and where.
#include <fmt/format.h>

#include "reliability/hostile_files.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::Finished;
using test::nestedLists;
using test::nestedObjects;
using test::repeated;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr test::RunLimits runLimits{.megabytes = 1024, .seconds = 30};
constexpr std::size_t deep = 300'000;

struct DamagedInput {
  std::string name;
  std::string file;  // the name that it gets
  std::function<std::string()> content;
  std::vector<std::string> arguments;  // "@" is the file, "@name" another of the folder
  std::string message;                 // a part of what standard error says
};

void PrintTo(const DamagedInput& input, std::ostream* out) { *out << input.name; }

constexpr const char* neither = "s.jsonl: this is neither a survey.jsonl nor";

std::string surveyWith(const std::string& line) { return test::smallSurvey() + line + "\n"; }

std::string mappingWith(const std::string& more) { return test::smallMappingOf() + more + "\n"; }

std::vector<DamagedInput> nestedInputs() {
  const std::string manyParts = repeated("a.", deep) + "a";
  const std::string tooDeep = "nested more than 64 deep";
  return {
      {"SurveyHeader",
       "s.jsonl",
       [] { return R"({"canvass":"survey","version":2,"x":)" + nestedLists(deep) + "}\n"; },
       {"describe", "@"},
       neither},
      {"SurveyLine",
       "s.jsonl",
       [] { return surveyWith(R"({"item":)" + nestedObjects(deep) + "}"); },
       {"describe", "@"},
       "s.jsonl:10: lists and objects are " + tooDeep},
      {"SurveyUnclosed", "s.jsonl", [] { return repeated("[", deep); }, {"describe", "@"}, neither},
      {"Predictions",
       "p.jsonl",
       [] {
         return R"({"canvass":"predictions","version":1,"model":)" + nestedLists(deep) + "}\n";
       },
       {"evaluate", "--survey", "@survey.jsonl", "--predictions", "@"},
       tooDeep},
      {"Simllm",
       "data.json",
       [] { return R"([{"options_dist":)" + nestedLists(deep) + "}]"; },
       {"import", "simllm", "@", "-o", "@out.jsonl"},
       ""},
      {"Evaluation",
       "e.json",
       [] { return R"({"runs":)" + nestedLists(deep) + "}"; },
       {"report", "@", "-o", "@out.html"},
       tooDeep},
      {"Calibrator",
       "c.json",
       [] { return nestedObjects(deep); },
       {"calibrate", "apply", "@", "--predictions", "@p.jsonl", "-o", "@out"},
       tooDeep},
      {"Codebook",
       "book.json",
       [] { return nestedObjects(deep); },
       {"import", "csv", "@data.csv", "--codebook", "@", "--draft-mapping", "@out.toml"},
       tooDeep},
      {"MappingKey",
       "m.toml",
       [=] { return mappingWith(manyParts + " = 1"); },
       {"import", "csv", "@data.csv", "--mapping", "@", "-o", "@out.jsonl"},
       "a key has more than 32 parts"},
      {"MappingTable",
       "m.toml",
       [=] { return mappingWith("[" + manyParts + "]"); },
       {"import", "csv", "@data.csv", "--mapping", "@", "-o", "@out.jsonl"},
       "a key has more than 32 parts"},
      {"MappingQuotedKey",
       "m.toml",
       [] { return mappingWith(repeated("\"a\" . ", deep) + "a = 1"); },
       {"import", "csv", "@data.csv", "--mapping", "@", "-o", "@out.jsonl"},
       "a key has more than 32 parts"},
      {"MappingInlineTable",
       "m.toml",
       [=] { return mappingWith("x = { " + manyParts + " = 1 }"); },
       {"import", "csv", "@data.csv", "--mapping", "@", "-o", "@out.jsonl"},
       "a key has more than 32 parts"},
      {"MappingList",
       "m.toml",
       [] { return mappingWith("x = " + nestedLists(deep)); },
       {"import", "csv", "@data.csv", "--mapping", "@", "-o", "@out.jsonl"},
       "not valid TOML"},
      {"Margins",
       "margins.toml",
       [=] { return manyParts + " = 1\n"; },
       {"weight", "@data.csv", "--mapping", "@map.toml", "--margins", "@", "-o", "@out.csv"},
       "a key has more than 32 parts"},
  };
}

std::vector<DamagedInput> modelInputs() {
  const std::vector<std::string> predict = {"predict",       "--model", "@model",    "--items",
                                            "@survey.jsonl", "-o",      "@out.jsonl"};
  const auto manyKeys = [] {
    std::string keys = R"({"model_type":"llama")";
    for (int i = 0; i < 40'000; ++i) keys += fmt::format(",\"key_{}\":1", i);
    return keys + "}";
  };
  return {
      {"ConfigDeep", "model/config.json", [] { return nestedObjects(deep); }, predict,
       "config.json: lists and objects are nested more than 64 deep"},
      {"ConfigKeys", "model/config.json", manyKeys, predict, "model: there is no tokenizer"},
      {"ConfigLarge", "model/config.json",
       [] { return "{\"a\":\"" + std::string(300 << 20, 'x') + "\"}"; }, predict,
       "config.json: it has 300 MB, and a file of its kind at most 256"},
      {"ConfigEmpty", "model/config.json", [] { return std::string(); }, predict, "config.json"},
      {"ModelFile", "model", [] { return std::string(1000, '\0'); }, predict, "model"},
      {"Gguf", "model", [] { return "GGUF\x03" + std::string(100, '\xFF'); }, predict, "model"},
  };
}

std::vector<DamagedInput> longInputs() {
  const std::vector<std::string> import = {"import",    "csv", "@",         "--mapping",
                                           "@map.toml", "-o",  "@out.jsonl"};
  const std::vector<std::string> draft = {"import", "csv", "@", "--draft-mapping", "@out.toml"};
  constexpr std::size_t megabyte = 1 << 20;
  return {
      {"Field", "d.csv", [] { return "q\n" + std::string(20 * megabyte, 'x') + "\n"; }, import,
       "d.csv:2: a field is longer than 16 MB"},
      {"QuotedField", "d.csv", [] { return "q\n1\n\"" + repeated("x\n", 20 * megabyte); }, import,
       "d.csv:3: a field is longer than 16 MB"},
      {"ColumnName", "d.csv", [] { return std::string(20 * megabyte, 'x') + "\n1\n"; }, draft,
       "d.csv:1: a field is longer than 16 MB"},
      {"Columns", "d.csv", [] { return repeated("q,", 200'000) + "q\n1\n"; }, draft,
       "d.csv:1: the record has more than 100000 fields"},
      {"Record", "d.csv", [] { return repeated(std::string(megabyte, 'x') + ",", 80) + "q\n1\n"; },
       draft, "d.csv:1: the record is longer than 64 MB"},
      {"SurveyLine",
       "s.jsonl",
       [] { return surveyWith(R"({"item":")" + std::string(80 * megabyte, 'x') + "\"}"); },
       {"describe", "@"},
       "s.jsonl:10: the line has 80 MB"},
      {"SurveyWithoutLines",
       "s.jsonl",
       [] { return std::string(80 * megabyte, '{'); },
       {"describe", "@"},
       neither},
      {"ObjectKeys",
       "e.json",
       [] {
         std::string keys = "{";
         for (int i = 0; i < 200'000; ++i) keys += fmt::format("\"k{}\":1,", i);
         return keys + "\"last\":1}";
       },
       {"report", "@", "-o", "@out.html"},
       "more than 50000 keys"},
      {"Mapping",
       "m.toml",
       [] { return mappingWith("# " + std::string(40 * megabyte, 'x')); },
       {"import", "csv", "@data.csv", "--mapping", "@", "-o", "@out.jsonl"},
       "it has 40 MB"},
      {"Categories",
       "m.toml",
       [] { return test::mappingOfGroups(40'000); },
       {"import", "csv", "@data.csv", "--mapping", "@", "-o", "@out.jsonl"},
       "attribute \"g\" has 40000 values, but can have at most 10000"},
      {"TableGroups",
       "s.jsonl",
       [] { return test::surveyOf(1, 600); },
       {"table", "@", "--by", "country"},
       "there are 600 groups, but a table can have at most 500"},
      {"TableComparisons",
       "s.jsonl",
       [] { return test::surveyOf(100, 400); },
       {"table", "@", "--by", "country"},
       "would compare two groups 7980000 times"},
      {"Options",
       "data.json",
       [] {
         std::string options, shares;
         for (int i = 0; i < 300'000; ++i) {
           options += fmt::format("{}\"(A{}) x\"", i == 0 ? "" : ",", i);
           shares += fmt::format("{}\"A{}\":1", i == 0 ? "" : ",", i);
         }
         return R"([{"id":1,"instruction":"How would someone from Peru answer the following question:","input":"Tea?","options":[)" +
                options + R"(],"options_dist":{)" + shares + R"(},"data_type":"x"}])";
       },
       {"import", "simllm", "@", "-o", "@out.jsonl"},
       "data.json, record 1"},
  };
}

class DamagedInputs : public ::testing::TestWithParam<DamagedInput> {
 protected:
  static void run(const DamagedInput& input);
};

void DamagedInputs::run(const DamagedInput& input) {
  const test::TemporaryFolder folder;
  folder.write("survey.jsonl", test::smallSurvey());
  folder.write("data.csv", "q,g\n1,1\n2,2\n");
  folder.write("p.jsonl", R"({"canvass":"predictions","version":1,"model":"m","template":"t"})"
                          "\n");
  folder.write("map.toml", test::smallMappingOf());
  folder.write(input.file, input.content());
  std::vector<std::string> words = input.arguments;
  for (std::string& word : words) {
    if (word == "@") word += input.file;
    if (word.starts_with('@')) word = (folder.path() / word.substr(1)).string();
  }
  const Finished finished = test::runProgram(words, runLimits);
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors, HasSubstr(input.message));
  EXPECT_THAT(finished.errors, Not(HasSubstr("internal error")));
  EXPECT_THAT(finished.errors, Not(HasSubstr("out of memory")));
}

TEST_P(DamagedInputs, EndInAMessage) { run(GetParam()); }

std::string damagedName(const ::testing::TestParamInfo<DamagedInput>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Nested, DamagedInputs, ::testing::ValuesIn(nestedInputs()), damagedName);
class DamagedModels : public DamagedInputs {};

TEST_P(DamagedModels, EndInAMessage) {
  if (!test::canvassLoadsModels()) GTEST_SKIP() << "canvass was built without its engine";
  run(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Files, DamagedModels, ::testing::ValuesIn(modelInputs()), damagedName);
INSTANTIATE_TEST_SUITE_P(Long, DamagedInputs, ::testing::ValuesIn(longInputs()), damagedName);

}  // namespace
}  // namespace canvass
