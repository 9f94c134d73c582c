// Every operation on the disk that writing a file takes, made to fail one after the other.
#include "base/error.h"
#include "base/file.h"
#include "support/faulty_storage.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::DiskFault;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> namesIn(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

// Nothing if it succeeds.
std::optional<Error> failureOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

class DiskFaults : public ::testing::TestWithParam<DiskFault> {
 protected:
  // Writes `content` over an old file with the operation of this number going wrong, and checks
  // what is there afterwards. False if there are fewer operations.
  static bool checkFault(std::size_t operation, const std::string& content);
};

bool DiskFaults::checkFault(std::size_t operation, const std::string& content) {
  SCOPED_TRACE(operation);
  const test::TemporaryFolder folder;
  const auto path = folder.write("a.txt", "old");
  test::FaultyStorage storage(GetParam(), operation);
  const auto failure = failureOf([&] {
    AtomicFile file(path, storage);
    for (std::size_t at = 0; at < content.size(); at += 1000) {
      file.write(std::string_view(content).substr(at, 1000));
    }
    file.commit();
  });
  EXPECT_EQ(failure.has_value(), storage.hasFailed());
  EXPECT_EQ(readFile(path), failure ? "old" : content);
  if (failure) {
    EXPECT_EQ(failure->where(), path.string());
    EXPECT_THAT(failure->fault(), HasSubstr("No space left on device"));
    EXPECT_THAT(failure->remedy(), HasSubstr("free some disk space"));
  }
  if (!test::kills(GetParam())) {
    EXPECT_THAT(namesIn(folder.path()), ElementsAre("a.txt"));
  }
  return storage.hasFailed();
}

TEST_P(DiskFaults, LeaveTheOldFileOrTheWholeNewOne) {
  std::size_t operation = 0;
  while (checkFault(operation, std::string(200'000, 'x'))) ++operation;
  EXPECT_GT(operation, 5u) << "creating, writing several times, flushing, renaming";
}

INSTANTIATE_TEST_SUITE_P(Kinds, DiskFaults, ::testing::ValuesIn(test::everyDiskFault));

TEST(FailToStore, SaysWhatToDoAboutTheReason) {
  struct Case {
    std::errc reason;
    const char* remedy;
  };
  const Case cases[] = {{std::errc::no_space_on_device, "free some disk space"},
                        {std::errc::file_too_large, "free some disk space"},
                        {std::errc::permission_denied, "choose a folder that you can write to"},
                        {std::errc::read_only_file_system, "choose a folder that you can write to"},
                        {std::errc::io_error, "check the disk"},
                        {std::errc::not_a_directory, "choose another path"}};
  for (const Case& one : cases) {
    const auto reason = std::make_error_code(one.reason);
    const auto failure = failureOf([&] { failToStore("a.txt", "write it", reason); });
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->where(), "a.txt");
    EXPECT_EQ(failure->fault(), "cannot write it: " + reason.message());
    EXPECT_THAT(failure->remedy(), HasSubstr(one.remedy));
  }
}

}  // namespace
}  // namespace canvass
