#include "base/file.h"

#include <sys/resource.h>

#include <csignal>
#include <cstring>
#include <utility>

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::size_t filesIn(const std::filesystem::path& folder) {
  const std::filesystem::directory_iterator entries(folder);
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

// While it lives, writing past `bytes` fails as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    rlimit limit = old_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit old_{};
  void (*handler_)(int);
};

TEST(ReadFile, GivesEveryByte) {
  const test::TemporaryFolder folder;
  const std::string content("a\0b\r\n\xFF", 6);
  EXPECT_EQ(readFile(folder.write("a", content)), content);
  EXPECT_EQ(readFile(folder.write("empty", "")), "");
}

TEST(ReadFile, NamesFileAndReason) {
  const test::TemporaryFolder folder;
  const auto missing = folder.path() / "none";
  EXPECT_EQ(test::errorOf([&] { readFile(missing); }),
            missing.string() + ": cannot open it: No such file or directory");
  EXPECT_EQ(test::errorOf([&] { readFile(folder.path()); }),
            folder.path().string() + ": it is a folder, not a file; name a file in it");
}

TEST(AtomicFile, AppearsWholeWithCommit) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "new" / "folders" / "a.txt";
  AtomicFile file(path);
  file.write(std::string_view("one "));
  const std::string rest = "two";
  file.write(std::as_bytes(std::span(rest)));
  EXPECT_FALSE(std::filesystem::exists(path));
  file.commit();
  EXPECT_EQ(readFile(path), "one two");
  EXPECT_EQ(filesIn(path.parent_path()), 1u);
}

TEST(AtomicFile, LeavesTheOldFileUntilCommit) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("a.txt", "old");
  {
    AtomicFile file(path);
    file.write(std::string_view("new"));
    EXPECT_EQ(readFile(path), "old");
  }
  EXPECT_EQ(readFile(path), "old");
  EXPECT_EQ(filesIn(folder.path()), 1u);
  writeFileAtomically(path, "new");
  EXPECT_EQ(readFile(path), "new");
  EXPECT_EQ(filesIn(folder.path()), 1u);
}

TEST(AtomicFile, LeavesTheOldFileWhenTheDiskIsFull) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("a.txt", "old");
  std::string message;
  {
    const FileSizeLimit limit(4096);
    message = test::errorOf([&] { writeFileAtomically(path, std::string(1 << 20, 'x')); });
  }
  EXPECT_THAT(message, StartsWith(path.string() + ": cannot write it: "));
  EXPECT_EQ(readFile(path), "old");
  EXPECT_EQ(filesIn(folder.path()), 1u);
}

// What is still in the buffer is written by commit(), so the fault shows there.
TEST(AtomicFile, TellsOfAFullDiskAtCommitToo) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.txt";
  std::string message;
  {
    AtomicFile file(path);
    file.write(std::string_view("buffered"));
    const FileSizeLimit limit(2);
    message = test::errorOf([&] { file.commit(); });
  }
  EXPECT_THAT(message, StartsWith(path.string() + ": cannot write it: "));
  EXPECT_EQ(filesIn(folder.path()), 0u);
}

TEST(AtomicFile, DoesNotReplaceAFolder) {
  const test::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "target" / "full");
  EXPECT_THAT(test::errorOf([&] { writeFileAtomically(folder.path() / "target", "x"); }),
              HasSubstr("target: it is a folder; name a file in it"));
  EXPECT_EQ(filesIn(folder.path()), 1u);
}

TEST(AtomicFile, ReplacesWhatALinkLeadsTo) {
  const test::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "there");
  std::filesystem::create_symlink("there/second", folder.path() / "first");
  std::filesystem::create_symlink("real", folder.path() / "there/second");
  for (const char* content : {"new", "newer"}) {
    writeFileAtomically(folder.path() / "first", content);
    EXPECT_EQ(readFile(folder.path() / "there/real"), content);
    EXPECT_TRUE(std::filesystem::is_symlink(folder.path() / "first"));
  }
  std::filesystem::create_symlink("loop", folder.path() / "loop");
  EXPECT_THAT(test::errorOf([&] { writeFileAtomically(folder.path() / "loop", "x"); }),
              HasSubstr("loop: it is a link that leads back to itself"));
}

TEST(AtomicFile, TakesEveryNameThatTheSystemTakes) {
  const test::TemporaryFolder folder;
  const std::string longest(255, 'n');
  writeFileAtomically(folder.path() / longest, "x");
  EXPECT_EQ(readFile(folder.path() / longest), "x");
  EXPECT_THAT(test::errorOf([&] { writeFileAtomically(folder.path() / (longest + "n"), "x"); }),
              HasSubstr("File name too long"));
}

TEST(AtomicFile, NamesAFolderThatCannotBe) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("file", "x") / "a.txt";
  EXPECT_EQ(test::errorOf([&] { AtomicFile file(path); }),
            path.string() + ": cannot write it: Not a directory; choose another path");
}

TEST(RequireDistinctFiles, NamesAFileThatIsGivenTwice) {
  const test::TemporaryFolder folder;
  const auto first = folder.write("a", "x");
  const auto second = folder.write("b", "x");
  std::filesystem::create_symlink(first, folder.path() / "link");
  requireDistinctFiles({first, second, folder.path() / "none"});
  for (const auto& again : {first, folder.path() / "." / "a", folder.path() / "link"}) {
    EXPECT_THAT(test::errorOf([&] {
                  requireDistinctFiles({first, second, again});
                }),
                StartsWith(again.string() + ": the file is given twice"));
  }
  EXPECT_THAT(test::errorOf([&] {
                requireDistinctFiles({"none", "./none"});
              }),
              StartsWith("./none: the file is given twice"));
}

// FIPS 180-4's examples.
TEST(Sha256, MatchesTheStandard) {
  const test::TemporaryFolder folder;
  const char* ofAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(sha256("abc"), ofAbc);
  EXPECT_EQ(sha256OfFile(folder.write("a", "abc")), ofAbc);
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256OfFile(folder.write("b", "")), sha256(""));
}

TEST(Disk, KeepsDevices) {
  const test::TemporaryFolder folder;
  const auto file = folder.write("a", "x");
  EXPECT_EQ(disk().rename(file, "/dev/null"), std::errc::file_exists);
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_EQ(readFile(file), "x");
}

}  // namespace
}  // namespace canvass
