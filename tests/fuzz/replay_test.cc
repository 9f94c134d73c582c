// Replays, without a fuzzer, the seeds and what a fuzzer once found: every parser takes or refuses
// each input, and does no more.
#include <array>
#include <set>
#include <utility>

#include "base/file.h"
#include "parsers.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using Parser = std::pair<const char*, void (*)(std::string_view)>;

constexpr std::array parsers = {
    Parser{"adapter_config", fuzz::adapter_config},
    Parser{"chat_template", fuzz::chat_template},
    Parser{"codebook", fuzz::codebook},
    Parser{"condition", fuzz::condition},
    Parser{"csv_records", fuzz::csv_records},
    Parser{"decoder_config", fuzz::decoder_config},
    Parser{"dtef", fuzz::dtef},
    Parser{"gguf", fuzz::gguf},
    Parser{"hub", fuzz::hub},
    Parser{"label", fuzz::label},
    Parser{"mapping", fuzz::mapping},
    Parser{"margins", fuzz::margins},
    Parser{"predictions", fuzz::predictions},
    Parser{"safetensors", fuzz::safetensors},
    Parser{"simllm", fuzz::simllm},
    Parser{"survey", fuzz::survey},
    Parser{"table", fuzz::table},
    Parser{"tokenizer", fuzz::tokenizer},
    Parser{"topics", fuzz::topics},
};

std::filesystem::path folderOf(const char* kind) { return test::sourceFolder() / "fuzz" / kind; }

class Replay : public ::testing::TestWithParam<Parser> {};

TEST_P(Replay, TakesOrRefusesEachInput) {
  const auto& [name, parse] = GetParam();
  std::size_t replayed = 0;
  for (const char* kind : {"seeds", "crashers"}) {
    const auto folder = folderOf(kind) / name;
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      SCOPED_TRACE(file.path().string());
      EXPECT_NO_THROW(parse(readFile(file.path())));
      ++replayed;
    }
  }
  EXPECT_GT(replayed, 0u);
}

INSTANTIATE_TEST_SUITE_P(Parsers, Replay, ::testing::ValuesIn(parsers),
                         [](const auto& one) { return std::string(one.param.first); });

// A parser that is missing in the table above would be fuzzed, but never replayed.
TEST(ReplayTable, KnowsEveryParserThatHasSeeds) {
  std::set<std::string> known;
  for (const auto& [name, parse] : parsers) known.insert(name);
  std::set<std::string> seeded;
  for (const auto& folder : std::filesystem::directory_iterator(folderOf("seeds"))) {
    seeded.insert(folder.path().filename().string());
  }
  EXPECT_EQ(known, seeded);
}

}  // namespace
}  // namespace canvass
