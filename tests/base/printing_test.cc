// What people read is printed in one place, src/cli/messages.cc, which makes it safe to read: no
// other source reaches for the standard streams, but for those that are named here.
#include <map>
#include <regex>
#include <set>

#include "base/file.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;

const std::map<std::string, std::string> mayNameStreams = {
    {"base/child_process.cc", "writes the input of another program to a file"},
    {"base/start_program.cc", "gives another program its streams"},
    {"cli/messages.cc", "prints"},
    {"cli/signals.cc", "says which file became shorter, where nothing else may be called"},
    {"cli/standard_output.cc", "opens, flushes and checks the streams"},
    {"cli/terminal_progress.cc", "asks whether there is a terminal"},
    {"hub_download/main.cc", "a fixed sentence"},
    {"hub_download/reporter.cc", "JSON to canvass, which starts that program"},
    {"readstat/main.cc", "frames and errors to canvass, which starts that program"},
};

// Without its comments.
std::string codeOf(const std::filesystem::path& file) {
  return std::regex_replace(readFile(file), std::regex("//[^\\n]*"), "");
}

bool namesStreams(const std::string& code) {
  static const std::regex names(
      R"(\bstd::(cout|cerr|clog|wcout|wcerr)\b|\b(stdout|stderr|STDOUT_FILENO|STDERR_FILENO)\b)"
      R"(|\b(puts|putchar|printf|vprintf|perror|fwrite|fputs|fputc|fprintf)\(|\bfmt::print\b|/dev/tty)");
  return std::regex_search(code, names);
}

std::set<std::string> namingStreams(const std::filesystem::path& source) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cc") continue;
    if (!namesStreams(codeOf(entry.path()))) continue;
    files.insert(std::filesystem::relative(entry.path(), source).string());
  }
  return files;
}

TEST(Printing, IsDoneInOnePlace) {
  std::set<std::string> known;
  for (const auto& [file, why] : mayNameStreams) known.insert(file);
  EXPECT_EQ(namingStreams(test::sourceFolder() / "src"), known);
}

TEST(Printing, OtherPlacesAreFound) {
  const test::TemporaryFolder folder;
  folder.write("cli/a.cc", "void f() { std::cout << 1; }\n");
  folder.write("cli/b.cc", "void f() { std::fputs(\"x\", file); }\n");
  folder.write("cli/c.cc", "// std::cerr\nvoid f() { fmt::format(\"{}\", 1); }\n");
  folder.write("cli/d.h", "inline void f() { fmt::print(\"x\"); }\n");
  folder.write("cli/e.cc", "void f() { write(STDERR_FILENO, 0, 0); }\n");
  EXPECT_THAT(namingStreams(folder.path()),
              ElementsAre("cli/a.cc", "cli/b.cc", "cli/d.h", "cli/e.cc"));
}

}  // namespace
}  // namespace canvass
