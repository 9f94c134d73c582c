#include "import/formats.h"

#include <functional>

#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::AllOf;
using ::testing::HasSubstr;

class Formats : public ::testing::Test {
 protected:
  std::string detected(const std::filesystem::path& path) const {
    return detectImporter({path}).name;
  }

  test::TemporaryFolder folder_;
};

TEST_F(Formats, AreDetectedByContent) {
  EXPECT_EQ(detected(folder_.write("a.txt", R"([{"options_dist": {}}])")), "simllm");
  EXPECT_EQ(detected(folder_.write("b.jsonl", R"({"qkey": "x", "attribute": "SEX"})")), "subpop");
  EXPECT_EQ(detected(folder_.write("c.csv", ",question,selections,options,source\n")),
            "global-opinions");
  EXPECT_EQ(detected(folder_.write("d.csv", "\"version\";\"B_COUNTRY\";\"Q1\"\n")), "wvs");
  EXPECT_EQ(detected(folder_.write("e.csv", "sex,q1\n")), "csv");
  EXPECT_EQ(detected(folder_.write("f.tsv", "sex\tq1\n")), "csv");
  EXPECT_EQ(detected(folder_.write("g.sav", "$FL2@(#) SPSS DATA FILE")), "spss");
  EXPECT_EQ(detected(folder_.write("h.bin", "<stata_dta><header>")), "stata");
  for (const char* name : {"info.csv", "metadata.csv", "responses.csv"}) {
    folder_.write(std::string("wave/") + name, "key\n");
  }
  EXPECT_EQ(detected(folder_.path() / "wave"), "opinionqa");
}

TEST_F(Formats, ThatAreNotDetectedAreAskedFor) {
  EXPECT_THAT(errorOf([&] { detected(folder_.write("a.sav", "not an SPSS file")); }),
              AllOf(HasSubstr("a.sav: its format is not detected"), HasSubstr("import FORMAT")));
  EXPECT_THAT(errorOf([&] { detected("stta"); }), HasSubstr("did you mean \"stata\"?"));
  EXPECT_THAT(
      errorOf([&] { detected(folder_.write("s.jsonl", R"({"canvass":"survey","version":1})")); }),
      HasSubstr("this is already a survey"));
}

TEST_F(Formats, OfFilesImportedTogetherAreOne) {
  const auto table = folder_.write("a.csv", "sex,q1\n");
  const auto records = folder_.write("b.json", R"([{"options_dist": {}}])");
  EXPECT_THAT(errorOf([&] {
                detectImporter({table, records});
              }),
              AllOf(HasSubstr("b.json"), HasSubstr("the format simllm")));
}

ImportOptions optionsWith(const std::function<void(ImportOptions&)>& give) {
  ImportOptions options;
  give(options);
  return options;
}

TEST(ImportOptions, ThatDoNothingAreRefusedByName) {
  const auto mapping = optionsWith([](auto& options) { options.mapping = "m.toml"; });
  const auto codebook = optionsWith([](auto& options) { options.codebook = "c.json"; });
  const auto wording = optionsWith([](auto& options) { options.wording = "w.csv"; });
  const auto withMissing = optionsWith([](auto& options) { options.withMissing = true; });
  const auto nominal = optionsWith([](auto& options) { options.nominalQuestions = {"q1"}; });
  struct Case {
    const char* format;
    const ImportOptions& options;
    const char* option;
  };
  const Case cases[] = {
      {"simllm", mapping, "--mapping"},          {"simllm", codebook, "--codebook"},
      {"opinionqa", codebook, "--codebook"},     {"subpop", wording, "--wording"},
      {"subpop", withMissing, "--with-missing"},
  };
  for (const auto& [format, options, option] : cases) {
    EXPECT_EQ(errorOf([&] { refuseUnusedOptions(findImporter(format), options); }),
              std::string(option) + " does nothing for the format " + format + "; leave it out");
  }
  const auto where = optionsWith([](auto& options) { options.where = "age > 3"; });
  EXPECT_THAT(errorOf([&] { refuseUnusedOptions(findImporter("simllm"), where); }),
              HasSubstr("--where does nothing"));
  refuseUnusedOptions(findImporter("csv"), mapping);
  refuseUnusedOptions(findImporter("csv"), codebook);
  refuseUnusedOptions(findImporter("subpop"), nominal);
}

}  // namespace
}  // namespace canvass
