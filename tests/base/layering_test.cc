// The rooms of src/ form a ladder: each may include itself, the rooms that its line in
// src/CMakeLists.txt names, and what those may include. The architecture's block in CONTRIBUTING.md
// tells the same.
#include <fmt/format.h>

#include <map>
#include <regex>
#include <set>

#include "base/file.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Rooms = std::set<std::string>;
using Arrows = std::map<std::string, Rooms>;

Rooms wordsOf(const std::string& text, const std::regex& separator) {
  const std::sregex_token_iterator begin(text.begin(), text.end(), separator, -1), end;
  Rooms words;
  for (auto word = begin; word != end; ++word) {
    if (word->length() > 0) words.insert(*word);
  }
  return words;
}

// For each match of `line` in the file, its first group with the words of its second.
Arrows arrowsIn(const std::filesystem::path& file, const std::regex& line,
                const std::regex& separator) {
  const std::string text = readFile(file);
  Arrows arrows;
  for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match) {
    arrows[(*match)[1]] = wordsOf((*match)[2], separator);
  }
  return arrows;
}

// What the build links.
const Arrows& arrows() {
  static const Arrows found =
      arrowsIn(test::sourceFolder() / "src" / "CMakeLists.txt",
               std::regex(R"(canvass_room\((\w+)([^)]*)\))"), std::regex(R"(\s+)"));
  return found;
}

// The folder of src/import/ that is no format: what several of them share.
const std::string belowFormats = "published";

void addReachable(const std::string& folder, Rooms& reached) {
  if (!reached.insert(folder).second) return;
  for (const std::string& below : arrows().at(folder)) addReachable(below, reached);
}

Rooms reachableFrom(const std::string& folder) {
  Rooms reached;
  addReachable(folder, reached);
  return reached;
}

// The paths that a source file includes in quotes.
std::vector<std::string> includesOf(const std::filesystem::path& file) {
  static const std::regex quoted("(?:^|\\n)[ \\t]*#[ \\t]*include[ \\t]*\"([^\"]+)\"");
  const std::string text = readFile(file);
  std::vector<std::string> includes;
  for (std::sregex_iterator match(text.begin(), text.end(), quoted), end; match != end; ++match) {
    includes.push_back((*match)[1]);
  }
  return includes;
}

// The first two folders of a path below src/: {"import", "simllm"}; missing ones are empty.
std::pair<std::string, std::string> foldersOf(const std::filesystem::path& path) {
  std::vector<std::string> parts;
  for (const auto& part : path.parent_path()) parts.push_back(part.string());
  parts.resize(2);
  return {parts[0], parts[1]};
}

// What is wrong with one include of one file; empty where it is as it should be.
std::string faultOf(const std::filesystem::path& file, const std::string& include) {
  const auto [from, fromPart] = foldersOf(file);
  const auto [to, toPart] = foldersOf(include);
  if (!arrows().contains(from)) return file.string() + " is in a folder that has no arrows";
  const std::string inclusion = fmt::format("{} includes {}", file.string(), include);
  if (!arrows().contains(to)) return inclusion + ", which is not below src/";
  if (!reachableFrom(from).contains(to)) return inclusion + " against the arrows";
  const bool formats = from == "import" && to == "import" && !fromPart.empty() && !toPart.empty();
  if (formats && fromPart != toPart && toPart != belowFormats) {
    return inclusion + ": formats do not include each other";
  }
  return {};
}

std::vector<std::string> layerFaults(const std::filesystem::path& source) {
  std::vector<std::string> faults;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cc") continue;
    const auto file = std::filesystem::relative(entry.path(), source);
    for (const std::string& include : includesOf(entry.path())) {
      const std::string fault = faultOf(file, include);
      if (!fault.empty()) faults.push_back(fault);
    }
  }
  return faults;
}

TEST(Layers, HoldInTheSource) { EXPECT_THAT(layerFaults(test::sourceFolder() / "src"), IsEmpty()); }

TEST(Layers, AreThoseOfTheArchitecture) {
  Arrows told = arrowsIn(test::sourceFolder() / "CONTRIBUTING.md",
                         std::regex(R"(src/(\w+)/ [^\n]* -> ([\w, ]+)\n)"), std::regex(", "));
  for (auto& [room, uses] : told) uses.erase("nothing");
  EXPECT_EQ(told, arrows());
}

TEST(Layers, EveryFolderHasItsArrows) {
  for (const auto& entry : std::filesystem::directory_iterator(test::sourceFolder() / "src")) {
    if (!entry.is_directory()) continue;
    EXPECT_TRUE(arrows().contains(entry.path().filename().string())) << entry.path();
  }
}

TEST(Layers, BreachesAreFound) {
  const test::TemporaryFolder folder;
  folder.write("base/a.h", "#pragma once\n#include \"survey/survey.h\"\n");
  folder.write("stats/b.cc", "#include \"base/a.h\"\n#include <map>\n  # include \"prompt/x.h\"\n");
  folder.write("engine/c.cc", "#include \"survey/survey.h\"\n// #include \"cli/x.h\"\n");
  folder.write("import/one/d.cc", "#include \"import/import.h\"\n#include \"import/two/e.h\"\n");
  folder.write("import/import.cc", "#include \"import/one/d.h\"\n");
  folder.write("import/one/h.cc", "#include \"import/published/shares.h\"\n");
  folder.write("import/published/i.cc", "#include \"import/one/d.h\"\n");
  folder.write("util/f.h", "#include \"base/a.h\"\n");
  folder.write("base/g.cc", "#include \"a.h\"\n");
  EXPECT_THAT(layerFaults(folder.path()),
              UnorderedElementsAre(
                  "base/a.h includes survey/survey.h against the arrows",
                  "stats/b.cc includes prompt/x.h against the arrows",
                  "import/one/d.cc includes import/two/e.h: formats do not include each other",
                  "import/published/i.cc includes import/one/d.h: formats do not include each "
                  "other",
                  "util/f.h is in a folder that has no arrows",
                  "base/g.cc includes a.h, which is not below src/"));
}

}  // namespace
}  // namespace canvass
