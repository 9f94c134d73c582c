#include "model_tasks/text_file.h"

#include "base/error.h"
#include "base/file.h"
#include "support/faulty_storage.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(TextFile, GoesOnWhereAKilledRunEnded) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "texts.jsonl";
  folder.write("texts.jsonl.partial", "{\"text\":\"earlier\"}\n{\"text\":\"half a li");
  TextFile texts(path);
  texts.sink()({.question = "q1", .population = "jp", .text = "later", .read = "A"});
  texts.finish();
  EXPECT_THAT(readFile(path), StartsWith("{\"text\":\"earlier\"}\n{\"question\":\"q1\""));
  EXPECT_THAT(readFile(path), EndsWith("\n"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "texts.jsonl.partial"));
}

TEST(TextFile, KeepsNothingWithoutAPath) {
  TextFile texts({});
  EXPECT_FALSE(texts.sink());
  texts.flush();
  texts.finish();
}

// The disk is refused, one operation after the other: an Error that names the file, and no half
// line.
TEST(TextFile, SaysWhatTheDiskRefused) {
  const std::size_t manyMore = 100;
  std::size_t operation = 0;
  for (; operation < manyMore; ++operation) {
    const test::TemporaryFolder folder;
    test::FaultyStorage storage(test::DiskFault::half, operation);
    std::string failure;
    try {
      TextFile texts(folder.path() / "texts.jsonl", storage);
      texts.sink()({.question = "q1", .population = "jp", .text = "one", .read = "A"});
      texts.flush();
      texts.sink()({.question = "q2", .population = "jp", .text = "two", .read = "B"});
      texts.finish();
    } catch (const Error& error) {
      failure = error.what();
    }
    if (!storage.hasFailed()) break;
    EXPECT_THAT(failure, HasSubstr("texts.jsonl")) << operation;
    const auto partial = folder.path() / "texts.jsonl.partial";
    if (!std::filesystem::exists(partial)) continue;
    const std::string kept = readFile(partial);
    EXPECT_TRUE(kept.empty() || kept.back() == '\n') << operation;
  }
  EXPECT_LT(operation, manyMore);
}

}  // namespace
}  // namespace canvass
