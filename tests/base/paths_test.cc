#include "base/paths.h"

#include <sys/stat.h>

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Paths, SayWhatStandsThere) {
  const test::TemporaryFolder folder;
  const auto file = folder.write("file", "abc");
  std::filesystem::create_symlink("file", folder / "link");
  std::filesystem::create_symlink("nowhere", folder / "dangling");
  ::mkfifo((folder / "pipe").c_str(), 0600);
  const struct {
    std::filesystem::path path;
    bool isThere, isRegularFile, isFolder, isStream;
  } cases[] = {
      {file, true, true, false, false},
      {folder / "link", true, true, false, false},
      {folder.path(), true, false, true, false},
      {folder / "pipe", true, false, false, true},
      {"/dev/null", true, false, false, true},
      {folder / "none", false, false, false, false},
      {folder / "dangling", false, false, false, false},
      {file / "in a file", false, false, false, false},
  };
  for (const auto& [path, there, regular, isAFolder, stream] : cases) {
    EXPECT_EQ(isThere(path), there) << path;
    EXPECT_EQ(isRegularFile(path), regular) << path;
    EXPECT_EQ(isFolder(path), isAFolder) << path;
    EXPECT_EQ(isStream(path), stream) << path;
  }
  EXPECT_EQ(fileSize(folder / "link"), 3u);
}

TEST(Paths, NameWhatTheSystemRefuses) {
  const test::TemporaryFolder folder;
  std::filesystem::create_symlink("loop", folder / "loop");
  const auto file = folder.write("file", "abc");
  const auto longName = folder / std::string(300, 'n');
  const std::pair<std::function<void()>, std::string> cases[] = {
      {[&] { isThere(folder / "loop"); }, "loop: cannot look at it: Too many levels"},
      {[&] { isFolder(longName); }, "nnn: cannot look at it: File name too long"},
      {[&] { fileSize(folder / "none"); }, "none: cannot look at it: No such file"},
      {[&] { timeOfWriting(folder / "none"); }, "none: cannot look at it: No such file"},
      {[&] { listFolder(file); }, "file: cannot list it: Not a directory"},
      {[&] { makeFolders(file / "x"); }, "file/x: cannot make this folder: Not a directory"},
      {[&] { linkedPlace(folder / "loop"); }, "loop: it is a link that leads back to itself"},
  };
  for (const auto& [action, message] : cases) {
    EXPECT_THAT(test::errorOf(action), HasSubstr(message));
  }
}

TEST(Paths, AreListedInOrderMadeAndRemoved) {
  const test::TemporaryFolder folder;
  makeFolders(folder / "b/c");
  makeFolders(folder / "b/c");
  folder.write("a", "x");
  EXPECT_THAT(listFolder(folder.path()), ElementsAre(folder / "a", folder / "b"));
  removeWhole(folder / "b");
  removeWhole(folder / "b");
  EXPECT_THAT(listFolder(folder.path()), ElementsAre(folder / "a"));
}

TEST(SeenFrom, IsHowAFolderNamesAFile) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(seenFrom(folder / "a", folder / "b/c"), "../b/c");
  EXPECT_EQ(seenFrom(".", "c"), "c");
}

TEST(LinkedPlace, IsTheEndOfTheLinks) {
  const test::TemporaryFolder folder;
  std::filesystem::create_symlink("second", folder / "first");
  std::filesystem::create_symlink(folder / "third", folder / "second");
  EXPECT_EQ(linkedPlace(folder / "first"), folder / "third");
  EXPECT_EQ(linkedPlace("plain"), "plain");
}

}  // namespace
}  // namespace canvass
