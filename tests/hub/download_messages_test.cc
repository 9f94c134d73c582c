#include "hub/download_messages.h"

#include "support/test_support.h"

namespace canvass {
namespace {

TEST(DownloadMessages, AreALineEachAndReadBack) {
  const DownloadMessage messages[] = {
      DownloadProgress{"model.safetensors", 5'000'000'000, 20'000'000'000},
      DownloadNote{"waiting\nfor \"another\" program"},
      DownloadDone{"/cache/a b"},
      DownloadFault{"it is gated", "org/name", "set HF_TOKEN"},
  };
  for (const DownloadMessage& message : messages) {
    std::string line = downloadLine(message);
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    line.pop_back();
    EXPECT_EQ(parseDownloadLine(line), message) << line;
  }
}

// What the system says may be in any encoding.
TEST(DownloadMessages, AreTextWhateverIsInThem) {
  const std::string line = downloadLine(DownloadNote{"a\xff"});
  EXPECT_NO_THROW(parseDownloadLine(line.substr(0, line.size() - 1)));
}

TEST(DownloadMessages, AreRefusedIfTheyAreSomethingElse) {
  for (const char* line : {"", "what", "[]", "{}", "{\"path\": 1}", "{\"progress\": {}}"}) {
    EXPECT_NE(test::errorOf([line] { parseDownloadLine(line); }), "") << line;
  }
}

}  // namespace
}  // namespace canvass
