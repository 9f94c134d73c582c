#include "base/input_file.h"

#include <sys/stat.h>

#include <utility>

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t largeSize = (1 << 24) + 4097;  // one that is mapped

std::string largeContent() {
  std::string content(largeSize, 'a');
  content.back() = 'z';
  return content;
}

TEST(InputFile, MovesWithoutItsBytes) {
  const test::TemporaryFolder folder;
  for (const std::string& content : {std::string("abc"), largeContent()}) {
    InputFile first(folder.write("a", content));
    const auto* bytes = first.bytes().data();
    InputFile moved(std::move(first));
    InputFile assigned(folder.write("b", "defg"));
    assigned = std::move(moved);
    EXPECT_EQ(assigned.bytes().data(), bytes);
    EXPECT_EQ(assigned.text(), content);
    EXPECT_EQ(assigned.path().filename(), "a");
  }
}

TEST(InputFile, HasItsBytesAgainAfterTheyWereLetGo) {
  const test::TemporaryFolder folder;
  for (const std::string& content : {std::string(), std::string("abc"), largeContent()}) {
    const InputFile file(folder.write("a", content));
    file.letGo(file.bytes());
    EXPECT_EQ(file.text(), content);
  }
}

TEST(InputFile, DoesNotChangeUnderItsReader) {
  const test::TemporaryFolder folder;
  const InputFile file(folder.write("a", "abc"));
  std::filesystem::resize_file(file.path(), 0);
  EXPECT_EQ(file.text(), "abc");
}

TEST(InputFile, IsARegularFile) {
  const test::TemporaryFolder folder;
  ::mkfifo((folder / "pipe").c_str(), 0600);
  const struct {
    std::filesystem::path path;
    const char* message;
  } cases[] = {
      {folder / "pipe", "pipe: it is a pipe, not a file"},
      {"/dev/zero", "/dev/zero: it is a device, not a file; save what comes from it to a file"},
      {folder.path(), ": it is a folder, not a file; name a file in it"},
      {folder / "none", "none: cannot open it: No such file or directory"},
  };
  for (const auto& [path, message] : cases) {
    EXPECT_THAT(test::errorOf([&, where = path] { const InputFile file(where); }),
                HasSubstr(message));
  }
}

TEST(MappedFileAt, NamesTheFileThatIsMappedThere) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("a", largeContent());
  const std::byte* begin = nullptr;
  {
    const InputFile file(path);
    const InputFile other(folder.write("b", largeContent()));
    begin = file.bytes().data();
    EXPECT_EQ(mappedFileAt(begin), path);
    EXPECT_EQ(mappedFileAt(begin + largeSize - 1), path);
    EXPECT_EQ(mappedFileAt(other.bytes().data()), other.path());
    EXPECT_EQ(mappedFileAt(&path), nullptr);
  }
  EXPECT_EQ(mappedFileAt(begin), nullptr);
}

}  // namespace
}  // namespace canvass
