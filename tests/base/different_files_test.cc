#include "base/different_files.h"

#include "support/test_support.h"

namespace canvass {
namespace {

TEST(DifferentFiles, AreRequiredByWhatTheyAreNotByTheirSpelling) {
  const test::TemporaryFolder folder;
  const std::string first = folder.write("first", "1").string();
  const std::string second = folder.write("second", "1").string();
  requireDifferentFiles({first, second, "no-such-file", "no-other-file"});
  const std::string again = (folder.path() / "." / "first").string();
  EXPECT_EQ(test::errorOf([&] {
              requireDifferentFiles({first, second, again});
            }),
            again + ": the file is given twice and would count twice; give each file once");
  EXPECT_NE(test::errorOf([] { requireDifferentFiles({"none", "./none"}); }), "");
}

}  // namespace
}  // namespace canvass
