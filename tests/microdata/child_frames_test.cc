#include "microdata/readstat/child_frames.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

// A frame of five letters, as printf of a shell writes it.
const std::string greeting = "printf '\\005\\000\\000\\000hello';";

ChildFrames framesOf(const std::string& script) { return ChildFrames({"/bin/sh", "-c", script}); }

std::string errorAfterGreeting(const std::string& script) {
  ChildFrames frames = framesOf(greeting + script);
  std::string_view frame;
  EXPECT_TRUE(frames.next(frame));
  EXPECT_EQ(frame, "hello");
  return test::errorOf([&] { frames.next(frame); });
}

std::size_t openDescriptors() {
  const std::filesystem::directory_iterator entries("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

TEST(ChildFrames, BringWhatTheProgramSends) {
  ChildFrames frames = framesOf("for i in $(seq 1000); do " + greeting + " done");
  std::string_view frame;
  std::size_t count = 0;
  for (; frames.next(frame); ++count) EXPECT_EQ(frame, "hello");
  EXPECT_EQ(count, 1000u);
  EXPECT_FALSE(frames.next(frame)) << "the end stays the end";
}

TEST(ChildFrames, BringAFrameThatIsLargerThanAPipe) {
  constexpr std::size_t size = 3'000'000;  // 0x2dc6c0
  ChildFrames frames = framesOf("printf '\\300\\306\\055\\000'; head -c 3000000 /dev/zero");
  std::string_view frame;
  ASSERT_TRUE(frames.next(frame));
  EXPECT_EQ(frame, std::string(size, '\0'));
}

TEST(ChildFrames, AreAnErrorIfTheProgramDoesNotComeToItsEnd) {
  EXPECT_THAT(errorAfterGreeting("kill -ABRT $$"),
              HasSubstr("the file is damaged: its reader ended by signal 6"));
  EXPECT_THAT(errorAfterGreeting("ulimit -t 1; while :; do :; done"),
              HasSubstr("the file is damaged: its reader ended by signal "));
  EXPECT_THAT(errorAfterGreeting("exit 1"), HasSubstr("the file is damaged: its reader ended;"));
}

TEST(ChildFrames, AreAnErrorIfTheirStreamIsCut) {
  for (const char* begun : {"printf '\\005'", "printf '\\005\\000\\000\\000hel'"}) {
    EXPECT_THAT(errorAfterGreeting(begun), HasSubstr("ended in the middle of a frame"));
  }
}

TEST(ChildFrames, AreAnErrorIfTheyCannotBe) {
  EXPECT_THAT(errorAfterGreeting("printf '\\377\\377\\377\\377'"),
              HasSubstr("the file is damaged: its reader sent unreadable data"));
}

TEST(ChildFrames, NameAProgramThatIsNotThere) {
  EXPECT_EQ(test::errorOf([] { ChildFrames({"/no/such/program"}); }),
            "/no/such/program: there is no such program; reinstall canvass");
}

TEST(ChildFrames, LeaveNoProcessAndNoDescriptor) {
  const std::size_t before = openDescriptors();
  {
    ChildFrames endless = framesOf("while :; do " + greeting + " done");
    std::string_view frame;
    EXPECT_TRUE(endless.next(frame));
    ChildFrames unread = framesOf("exec sleep 1000");
  }
  errorAfterGreeting("exit 1");
  test::errorOf([] { ChildFrames({"/no/such/program"}); });
  EXPECT_EQ(openDescriptors(), before);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

// Files that other threads have open are not the program's.
TEST(ChildFrames, GiveTheProgramItsStandardStreamsOnly) {
  const int open = ::open("/dev/null", O_RDONLY);
  ASSERT_GT(open, STDERR_FILENO);
  ChildFrames frames =
      framesOf("test -e /proc/self/fd/" + std::to_string(open) + " || " + greeting);
  std::string_view frame;
  EXPECT_TRUE(frames.next(frame));
  ::close(open);
}

}  // namespace
}  // namespace canvass
