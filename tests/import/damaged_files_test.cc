// Files of published data sets as they should not be: one table for all formats. Each ends in a
// message that names the place, or loses the bad record alone, counted and named, where bad records
// are skipped.
#include <fmt/format.h>

#include <optional>

#include "import/import.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

std::string utf16WithMark(const std::string& text) {
  std::string wide = "\xFF\xFE";
  for (const char c : text) wide += {c, '\0'};
  return wide;
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// GlobalOpinionQA: one record of one population.
std::string globalRecord(const std::string& population = "Peru",
                         const std::string& shares = "[0.5, 0.5]") {
  return fmt::format("Tea?,\"defaultdict(<class 'list'>, {{'{}': {}}})\",\"['Yes', 'No']\",GAS\n",
                     population, shares);
}
const std::string globalHeader = "question,selections,options,source\n";
const std::string global = globalHeader + globalRecord();

std::string subpopLine(const std::string& group = "Male", const std::string& shares = "[0.5,0.5]") {
  return fmt::format(R"({{"qkey":"T_W1","attribute":"SEX","group":"{}","question":"Tea?",)"
                     R"("options":["Yes","No","Refused"],"ordinal":[1,2],"responses":{},)"
                     R"("refusal_rate":0}})"
                     "\n",
                     group, shares);
}

const std::string shortInfoHeader = "key,question,references,option_ordinal\n";
std::string infoLine(const std::string& key = "T_W1", const std::string& text = "Tea?",
                     const std::string& references = "['Yes', 'No', 'Refused']") {
  return fmt::format("{},{},\"{}\",\"[1, 2]\"\n", key, text, references);
}
const std::string metadata = "key,options\nSEX,\"['Male', 'Female']\"\n";
const std::string responsesHeader = "SEX,T_W1,U_W1,WEIGHT_W1\n";
const std::string responses = responsesHeader + repeated("Male,Yes,Yes,1\n", 60);

struct Damaged {
  const char* name;
  const char* format;
  const char* file;  // the one that is damaged
  std::string text;
  std::string message;                                  // of the error; empty: there is none
  std::optional<std::size_t> itemsLeft = std::nullopt;  // where bad records are skipped; nothing:
                                                        // the import ends all the same
};

class DamagedFile : public ::testing::TestWithParam<Damaged> {
 protected:
  ImportResult import(bool skipInvalid) {
    const auto path = folder_.write(GetParam().file, GetParam().text);
    ImportOptions options;
    options.skipInvalid = skipInvalid;
    const bool isFolder = std::string(GetParam().format) == "opinionqa";
    if (isFolder) writeOthers();
    return findImporter(GetParam().format).run({isFolder ? folder_.path() : path}, options);
  }

 private:
  void writeOthers() const {
    const auto writeIfMissing = [this](const char* name, const std::string& text) {
      if (!std::filesystem::exists(folder_.path() / name)) folder_.write(name, text);
    };
    writeIfMissing("info.csv", shortInfoHeader + infoLine());
    writeIfMissing("metadata.csv", metadata);
    writeIfMissing("responses.csv", responses);
  }

  test::TemporaryFolder folder_;
};

TEST_P(DamagedFile, EndsInAMessageOrLosesTheRecordAlone) {
  const Damaged& damaged = GetParam();
  if (damaged.message.empty()) {
    EXPECT_EQ(import(false).survey.items.size(), damaged.itemsLeft);
    return;
  }
  EXPECT_THAT(test::errorOf([&] { import(false); }), HasSubstr(damaged.message));
  if (damaged.itemsLeft) {
    const ImportResult result = import(true);
    EXPECT_EQ(result.survey.items.size(), damaged.itemsLeft);
    EXPECT_EQ(result.skipped.size(), 1u);
  } else {
    EXPECT_THAT(test::errorOf([&] { import(true); }), HasSubstr(damaged.message));
  }
}

const std::string deep = std::string(200'000, '[');
const std::string tenKilobytes = std::string(10'000, 'x');

INSTANTIATE_TEST_SUITE_P(
    Encodings, DamagedFile,
    ::testing::Values(
        Damaged{"GlobalLatin1", "global-opinions", "g.csv",
                global + globalRecord("C\xF4te d'Ivoire"),
                "g.csv:3: the text is not UTF-8 at byte"},
        Damaged{"GlobalUtf16", "global-opinions", "g.csv", utf16WithMark(global),
                "g.csv: the file is in UTF-16; save it as CSV in UTF-8"},
        Damaged{"GlobalEmpty", "global-opinions", "g.csv", "", "g.csv: the file is empty"},
        Damaged{"GlobalByteOrderMark", "global-opinions", "g.csv", "\xEF\xBB\xBF" + global, "", 1},
        Damaged{"SubpopLatin1", "subpop", "s.jsonl", subpopLine() + subpopLine("\xE9"),
                "s.jsonl: the text is not UTF-8 at byte"},
        Damaged{"SubpopUtf16", "subpop", "s.jsonl", utf16WithMark(subpopLine()),
                "s.jsonl: the file is in UTF-16; save it in UTF-8"},
        Damaged{"SubpopEmpty", "subpop", "s.jsonl", "", "s.jsonl: the file is empty"},
        Damaged{"SubpopByteOrderMark", "subpop", "s.jsonl", "\xEF\xBB\xBF" + subpopLine(), "", 1},
        Damaged{"InfoLatin1", "opinionqa", "info.csv",
                shortInfoHeader + infoLine("T_W1", "Th\xE9?"),
                "info.csv:2: the text is not UTF-8 at byte"},
        Damaged{"InfoUtf16", "opinionqa", "info.csv", utf16WithMark(shortInfoHeader + infoLine()),
                "info.csv: the file is in UTF-16"},
        Damaged{"MetadataUtf16", "opinionqa", "metadata.csv", utf16WithMark(metadata),
                "metadata.csv: the file is in UTF-16"},
        Damaged{"ResponsesUtf16", "opinionqa", "responses.csv", utf16WithMark(responses), "", 1},
        Damaged{"ResponsesLatin1", "opinionqa", "responses.csv", responses + "Male,Th\xE9,Yes,1\n",
                "responses.csv:62: the text is not UTF-8 at byte"}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Shapes, DamagedFile,
    ::testing::Values(
        Damaged{"GlobalRagged", "global-opinions", "g.csv", global + "Tea?,x\n",
                "g.csv:3: the record has 2 fields, but the header has 4"},
        Damaged{"GlobalCutInQuotes", "global-opinions", "g.csv", global.substr(0, 60),
                "g.csv:2: a double quote is not closed"},
        Damaged{"GlobalCutBetween", "global-opinions", "g.csv", global + "Tea?",
                "g.csv:3: the record has 1 field, but the header has 4; the file ends here without "
                "a newline: it may be cut off"},
        Damaged{"GlobalNoColumn", "global-opinions", "g.csv", "question,options\nTea?,[]\n",
                "g.csv:1: the file has no column selections, source"},
        Damaged{"GlobalColumnTwice", "global-opinions", "g.csv", "source," + globalHeader,
                "g.csv:1: two columns are called \"source\""},
        Damaged{"GlobalOnlyHeader", "global-opinions", "g.csv", globalHeader,
                "g.csv: no record could be used"},
        Damaged{"GlobalZeroSum", "global-opinions", "g.csv",
                global + globalRecord("Peru", "[0.0, 0.0]"),
                "g.csv:3: Peru: all shares are 0; correct the record", 1},
        Damaged{"GlobalAllZero", "global-opinions", "g.csv",
                globalHeader + globalRecord("Peru", "[0, 0]"), "Peru: all shares are 0"},
        Damaged{"SubpopCut", "subpop", "s.jsonl", subpopLine() + subpopLine("Female").substr(0, 50),
                "s.jsonl:2: not valid JSON at byte", 1},
        Damaged{"SubpopZeroSum", "subpop", "s.jsonl",
                subpopLine() + subpopLine("Female", "[0.0,0.0]"), "s.jsonl:2: all shares are 0", 1},
        Damaged{"InfoRagged", "opinionqa", "info.csv", shortInfoHeader + infoLine() + "U_W1,Why?\n",
                "info.csv:3: the record has 2 fields, but the header has 4"},
        Damaged{"InfoCut", "opinionqa", "info.csv", (shortInfoHeader + infoLine()).substr(0, 65),
                "info.csv:2: a double quote is not closed"},
        Damaged{"InfoNoColumn", "opinionqa", "info.csv", "key,question\nT_W1,Tea?\n",
                "info.csv:1: the file has no column references, option_ordinal"},
        Damaged{"InfoUnknownVariable", "opinionqa", "info.csv", shortInfoHeader + infoLine("V_W1"),
                "responses.csv has no variable \"V_W1\"; did you mean"},
        Damaged{"ResponsesRagged", "opinionqa", "responses.csv", responses + "Male,Yes\n",
                "responses.csv:62: the record has 2 fields, but the header has 4"},
        Damaged{"ResponsesOnlyHeader", "opinionqa", "responses.csv", responsesHeader,
                "there are no respondents in the files"},
        Damaged{"ResponsesWeightless", "opinionqa", "responses.csv",
                responsesHeader + repeated("Male,Yes,Yes,0\n", 60),
                "no question has enough answers in any population"}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Sizes, DamagedFile,
    ::testing::Values(
        Damaged{"GlobalDeep", "global-opinions", "g.csv", global + globalRecord("Peru", deep),
                "selections is not a Python literal at column 69: it is nested deeper than 32", 1},
        Damaged{"GlobalLongLabel", "global-opinions", "g.csv", global + globalRecord(tenKilobytes),
                "", 2},
        Damaged{"SubpopDeep", "subpop", "s.jsonl", subpopLine() + subpopLine("Female", deep),
                "s.jsonl:2: lists and objects are nested more than 64 deep", 1},
        Damaged{
            "SubpopDeepText", "subpop", "s.jsonl",
            subpopLine() + subpopLine("Female", '"' + deep + '"'),
            "s.jsonl:2: \"responses\" is not a Python literal at column 33: it is nested deeper",
            1},
        Damaged{"SubpopLongLabel", "subpop", "s.jsonl", subpopLine() + subpopLine(tenKilobytes), "",
                2},
        Damaged{"InfoDeep", "opinionqa", "info.csv",
                shortInfoHeader + infoLine() + infoLine("U_W1", "Why?", deep),
                "info.csv:3: references is not a Python literal at column 33", 1},
        Damaged{"InfoLongOption", "opinionqa", "info.csv",
                shortInfoHeader + infoLine() +
                    infoLine("U_W1", "Why?", fmt::format("['Yes', '{}']", tenKilobytes)),
                "", 2}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace canvass
