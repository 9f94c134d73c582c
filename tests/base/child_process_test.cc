#include "base/child_process.h"

#include <fcntl.h>

#include "base/descriptor.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

TEST(ChildProcess, GetsItsInputAndReturnsItsOutput) {
  const auto result = runChild({"cat"}, "a line\n");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exitCode, 0);
  EXPECT_EQ(result->output, "a line\n");
  EXPECT_EQ(result->errors, "");
}

TEST(ChildProcess, NeitherSideWaitsForTheOther) {
  const std::string much(3'000'000, 'x');
  EXPECT_EQ(runChild({"cat"}, much)->output, much);
  EXPECT_EQ(runChild({"true"}, much)->output, "");
}

TEST(ChildProcess, SaysHowItEnded) {
  const auto failed = runChild({"sh", "-c", "echo why >&2; exit 3"}, "");
  EXPECT_EQ(failed->exitCode, 3);
  EXPECT_EQ(failed->errors, "why\n");
  EXPECT_EQ(runChild({"sh", "-c", "kill -9 $$"}, "")->exitCode, 137);
}

TEST(ChildProcess, ArgumentsAreNoShellCommands) {
  EXPECT_EQ(runChild({"printf", "%s", "$HOME; `false` 'x'"}, "")->output, "$HOME; `false` 'x'");
}

TEST(ChildProcess, TellsAProgramThatIsNotThereFromOneThatCannotRun) {
  EXPECT_FALSE(runChild({"canvass-no-such-program"}, ""));
  EXPECT_THAT(test::errorOf([] { runChild({"/"}, ""); }), HasSubstr("/: cannot be run"));
}

// Files that are open here, in whatever thread, are not the program's.
TEST(ChildProcess, HasItsStandardStreamsOnly) {
  const Descriptor open(::open("/dev/null", O_RDONLY));
  ASSERT_GT(open.number(), STDERR_FILENO);
  const auto result = runChild({"ls", "/proc/self/fd"}, "");
  EXPECT_EQ(result->output, "0\n1\n2\n3\n") << "3 is the folder that ls reads";
}

}  // namespace
}  // namespace canvass
