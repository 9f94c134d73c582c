#include "microdata/choice/crosswalk.h"

#include "microdata/choice/merged_reader.h"
#include "microdata/made_up_file.h"

namespace canvass {
namespace {

using test::errorOf;
using test::labeled;
using test::MadeUpFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Crosswalk crosswalkOf(const std::string& text) {
  const test::TemporaryFolder folder;
  return readCrosswalk(folder.write("waves.csv", text));
}

std::vector<std::string> namesOf(const MicrodataReader& reader) {
  std::vector<std::string> names;
  for (const Variable& one : reader.variables()) names.push_back(one.name);
  return names;
}

std::vector<std::vector<std::string>> recordsOf(MicrodataReader& reader,
                                                const std::vector<std::size_t>& chosen) {
  std::vector<std::vector<std::string>> records;
  Progress silent;
  reader.read(
      chosen,
      [&](const RespondentRecord& record) {
        auto& texts = records.emplace_back();
        for (const Value& value : record.values) texts.push_back(codeText(value));
      },
      silent);
  return records;
}

std::unique_ptr<MicrodataReader> fileOf(std::vector<Variable> variables,
                                        std::vector<std::vector<std::string>> records) {
  return std::make_unique<MadeUpFile>(std::move(variables), std::move(records));
}

TEST(Crosswalk, RenamesAndAddsTheWave) {
  const Crosswalk crosswalk = crosswalkOf("variable,2019,2021\ntrust,q5,q7\ntax,,q9\n");
  const auto earlier = [] {
    return fileOf({labeled("sex", {}), labeled("q5", {{"1", "Yes"}}), labeled("tax", {})},
                  {{"1", "2", "3"}});
  };
  const auto first = withCrosswalk(earlier(), crosswalk, 0);
  // The file's own "tax" is something else.
  EXPECT_THAT(namesOf(*first), ElementsAre("trust", "tax", "sex", "wave"));
  EXPECT_EQ(first->variables()[0].labelOf("1"), "Yes");
  EXPECT_THAT(recordsOf(*first, {3, 2, 1, 0}), ElementsAre(ElementsAre("2019", "1", "", "2")));
  EXPECT_THAT(errorOf([&] { withCrosswalk(earlier(), crosswalk, 1); }),
              HasSubstr("waves.csv:2: made-up.sav has no variable \"q7\""));
}

TEST(Crosswalk, KnowsTheWaveByTheFilesName) {
  const Crosswalk crosswalk = crosswalkOf("variable,r7,r8\nq,a,b\n");
  EXPECT_EQ(waveOf(crosswalk, "data/afro_r8.sav"), 1u);
  EXPECT_THAT(errorOf([&] { waveOf(crosswalk, "afro_r9.sav"); }),
              HasSubstr("the name of the file has none of the waves r7, r8"));
  EXPECT_THAT(errorOf([&] { waveOf(crosswalk, "r7-r8.sav"); }), HasSubstr("has several"));
}

TEST(Crosswalk, SaysWhatIsWrongInTheTable) {
  const std::pair<const char*, const char*> cases[] = {
      {"name,2019\n", "waves.csv:1: the header is not variable and the names of waves"},
      {"variable\n", "the header is not"},
      {"variable,a,a\n", "the header is not"},
      {"variable,a,b\nq,1\n", "waves.csv:2: the line is not a variable and its names in 2 waves"},
      {"variable,a,b\n,1,2\n", "waves.csv:2: the line is not"},
      {"variable,a,b\nwave,1,2\n", "is made by the crosswalk itself"},
      {"variable,a,b\nq,x,y\nq,z,w\n", "waves.csv:3: the variable \"q\" appears twice"},
      {"variable,a,b\nq,x,y\nr,z,y\n", "waves.csv:3: the variable \"y\" appears twice"}};
  for (const auto& [text, says] : cases) {
    EXPECT_THAT(errorOf([&, t = text] { crosswalkOf(t); }), HasSubstr(says)) << text;
  }
}

TEST(MergedReader, HasWhatAllFilesHave) {
  std::vector<std::unique_ptr<MicrodataReader>> files;
  files.push_back(fileOf({labeled("q", {{"1", "Yes"}}), labeled("only", {})}, {{"1", "5"}}));
  files.push_back(fileOf({labeled("x", {}), labeled("q", {{"1", "Yeah"}, {"2", "No"}})},
                         {{"7", "2"}, {"8", "1"}}));
  MergedReader merged(std::move(files));
  EXPECT_THAT(namesOf(merged), ElementsAre("q"));
  EXPECT_EQ(merged.variables()[0].labelOf("2"), "No");
  EXPECT_THAT(recordsOf(merged, {0}),
              ElementsAre(ElementsAre("1"), ElementsAre("2"), ElementsAre("1")));
  EXPECT_THAT(merged.notes(),
              ElementsAre(HasSubstr("that not every file has, and that is not used: only"),
                          HasSubstr("q (code 1 is \"Yeah\" in made-up.sav, first \"Yes\")")));
}

}  // namespace
}  // namespace canvass
