#include "cli/signals.h"

#include "base/input_file.h"
#include "support/test_support.h"

namespace canvass {
namespace {

TEST(ShorterFiles, EndTheProgramWithTheirName) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("answers.csv", std::string(20 << 20, 'x'));
  const auto touchWhatIsGone = [&] {
    explainShorterFiles();
    const InputFile file(path);
    std::filesystem::resize_file(path, 0);
    volatile const std::byte* const gone = file.bytes().data() + (10 << 20);
    [[maybe_unused]] const std::byte touched = *gone;
  };
  EXPECT_EXIT(touchWhatIsGone(), ::testing::ExitedWithCode(1),
              "answers.csv: it became shorter while it was read");
}

}  // namespace
}  // namespace canvass
