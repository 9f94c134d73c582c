// Two types of one name in a namespace are one type to the linker, which takes the functions of
// either without a word. So no two headers below src/ define a type of the same name.
#include <fmt/format.h>

#include <map>
#include <regex>

#include "base/file.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Names with their namespaces, as in "canvass::jinja::Value", of the types that a header defines
// outside of other types. clang-format puts those at the start of a line.
std::vector<std::string> typesOf(const std::string& header) {
  static const std::regex line(
      R"((?:^|\n)(?:namespace ([\w:]+) \{|(\} +// namespace)|(?:enum )?(?:class|struct|union) (\w+)[^;{]*\{))");
  std::vector<std::string> spaces;
  std::vector<std::string> types;
  for (std::sregex_iterator match(header.begin(), header.end(), line), end; match != end; ++match) {
    if ((*match)[1].matched) spaces.push_back((*match)[1]);
    if ((*match)[2].matched && !spaces.empty()) spaces.pop_back();
    if ((*match)[3].matched) {
      types.push_back(fmt::format("{}::{}", fmt::join(spaces, "::"), (*match)[3].str()));
    }
  }
  return types;
}

std::vector<std::string> typesDefinedTwice(const std::filesystem::path& source) {
  std::map<std::string, std::vector<std::string>> headers;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source)) {
    if (entry.path().extension() != ".h") continue;
    const std::string file = std::filesystem::relative(entry.path(), source).string();
    for (const std::string& type : typesOf(readFile(entry.path()))) headers[type].push_back(file);
  }
  std::vector<std::string> repeated;
  for (auto& [type, files] : headers) {
    if (files.size() < 2) continue;
    std::ranges::sort(files);
    repeated.push_back(fmt::format("{} in {}", type, fmt::join(files, " and ")));
  }
  return repeated;
}

TEST(TypeNames, AreDefinedInOneHeader) {
  EXPECT_THAT(typesDefinedTwice(test::sourceFolder() / "src"), IsEmpty());
}

TEST(TypeNames, RepeatedOnesAreFound) {
  const test::TemporaryFolder folder;
  folder.write("base/a.h",
               "namespace canvass {\n\nstruct One {\n  struct Inner {};\n};\n\nclass Later;\n"
               "enum class Kind { x };\n\n}  // namespace canvass\n");
  folder.write("base/b.h",
               "namespace canvass {\nnamespace inside {\nstruct One {};\n}  // namespace inside\n"
               "class Two final : public Base {\n  struct Inner {};\n};\n"
               "class Later {};\n}  // namespace canvass\n");
  folder.write("text/c.h",
               "namespace canvass::inside {\nclass Two {};\n}  // namespace canvass::inside\n"
               "namespace canvass {\nenum class Kind { y };\nstruct Two {\n};\n"
               "}  // namespace canvass\n");
  EXPECT_THAT(typesDefinedTwice(folder.path()),
              ElementsAre("canvass::Kind in base/a.h and text/c.h",
                          "canvass::Two in base/b.h and text/c.h"));
}

}  // namespace
}  // namespace canvass
