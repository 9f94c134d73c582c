// Files that gzip and zip packed are imported as those inside of them.
#include <fmt/format.h>
#include <zip.h>
#include <zlib.h>

#include "base/error.h"
#include "base/file.h"
#include "import/packed/unpacked_files.h"
#include "support/test_support.h"
#include "tasks/import_task.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using Files = std::vector<std::pair<std::string, std::string>>;  // names and contents

std::filesystem::path writeGzip(const std::filesystem::path& path, const std::string& content) {
  gzFile file = ::gzopen(path.c_str(), "wb");
  ::gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
  ::gzclose(file);
  return path;
}

std::filesystem::path writeZip(const std::filesystem::path& path, const Files& files,
                               const char* password = nullptr) {
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (const auto& [name, content] : files) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (password == nullptr) continue;
    zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
  }
  EXPECT_EQ(zip_close(archive), 0);
  return path;
}

std::string answersWith(const std::string& last) {
  std::string rows = "q\n";
  for (int i = 0; i < 60; ++i) rows += i % 3 == 0 ? "no\n" : "yes\n";
  return rows + last;
}

const std::string answers = answersWith("");

struct Packed {
  const char* name;
  Files files;
  const char* chosen;  // behind the archive; empty for none
  std::string fault;   // empty: it is read

  friend void PrintTo(const Packed& one, std::ostream* out) { *out << one.name; }
};

const Packed packedFiles[] = {
    {"OneFile", {{"answers.csv", answers}}, "", ""},
    {"BesideAManual",
     {{"docs/", ""}, {"docs/manual.pdf", "%PDF"}, {"data/answers.CSV", answers}},
     "",
     ""},
    {"BesideAMacsNotes",
     {{"answers.csv", answers}, {"__MACOSX/._answers.csv", "x"}, {".hidden.csv", "x"}},
     "",
     ""},
    {"BlankInItsName", {{"ANSWERS.CSV ", answers}}, "", ""},
    {"Chosen", {{"wave1.csv", answers}, {"w/wave 2.csv", answers}}, "w/wave 2.csv", ""},
    {"TwoOfData",
     {{"wave1.csv", answers}, {"wave2.sav", answers}},
     "",
     "packed.zip: the archive has 2 files of data: wave1.csv; wave2.sav; name one behind the "
     "archive: "},
    {"NoneOfData",
     {{"a.pdf", "x"}, {"b.do", "x"}},
     "",
     "packed.zip: the archive has no file of data: a.pdf; b.do"},
    {"Empty", {{"nothing/", ""}}, "", "packed.zip: the archive has no file of data"},
    {"NotThere",
     {{"wave1.csv", answers}},
     "wave2.csv",
     "packed.zip: the archive has no file \"wave2.csv\"; its files are wave1.csv"},
    {"OutOfItsFolder", {{"../../answers.csv", answers}}, "", ""},
    {"FaultInside",
     {{"wave1.csv", answersWith("yes,no\n")}},
     "",
     "packed.zip/wave1.csv:62: the record has 2 fields, but the header has 1"},
};

class PackedFiles : public ::testing::TestWithParam<Packed> {};

TEST_P(PackedFiles, AreReadOrNamed) {
  const Packed& packed = GetParam();
  const test::TemporaryFolder folder;
  const auto archive = writeZip(folder.path() / "packed.zip", packed.files);
  ImportTask task{.format = "csv", .inputs = {(archive / packed.chosen).string()}};
  if (*packed.chosen == '\0') task.inputs = {archive.string()};
  const auto draft = folder.path() / "draft.toml";
  const auto import = [&] {
    draftSurveyMapping(task, draft);
    task.options.mapping = draft;
    return importSurvey(task).result.survey;
  };
  if (!packed.fault.empty()) {
    EXPECT_THAT(test::errorOf(import),
                AllOf(StartsWith(archive.string()), HasSubstr(packed.fault)));
    return;
  }
  EXPECT_EQ(import().items.at(0).respondents, 60);
  EXPECT_THAT(readFile(draft), Not(HasSubstr(std::filesystem::temp_directory_path().string())));
}

INSTANTIATE_TEST_SUITE_P(Archives, PackedFiles, ::testing::ValuesIn(packedFiles),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Gzip, IsReadAsTheFileInside) {
  const test::TemporaryFolder folder;
  const std::string sav = readFile(test::sourceFolder() / "tests/microdata/golden/tea.sav");
  ImportTask task{.inputs = {writeGzip(folder.path() / "tea.sav.gz", sav).string()}};
  EXPECT_EQ(draftSurveyMapping(task, folder.path() / "draft.toml").format, "spss");
  task.options.mapping = folder.path() / "draft.toml";
  task.options.skipInvalid = true;
  const ImportedSurvey imported = importSurvey(task);
  EXPECT_EQ(imported.result.survey.questions.size(), 3u);
  for (const SkippedRecord& one : imported.result.skipped) {
    EXPECT_EQ(one.file, task.inputs.front());
  }
}

TEST(PackedFiles, ThatAreDamagedOrEncryptedOrBombsAreNamed) {
  const test::TemporaryFolder folder;
  const std::string gzip = readFile(writeGzip(folder.path() / "a.csv.gz", answers));
  const std::string zip = readFile(writeZip(folder.path() / "a.zip", {{"a.csv", answers}}));
  std::string flipped = zip;
  flipped[45] = static_cast<char>(flipped[45] ^ 1);
  const auto secret = writeZip(folder.path() / "secret.zip", {{"a.csv", answers}}, "password");
  const auto bomb = writeGzip(folder.path() / "bomb.csv.gz", std::string(1'000'000, '\0'));
  const std::vector<std::pair<std::filesystem::path, std::string>> cases = {
      {folder.write("cut.csv.gz", gzip.substr(0, gzip.size() / 2)), "cut.csv.gz: it cannot be"},
      {folder.write("cut.zip", zip.substr(0, zip.size() / 2)), "cut.zip: it cannot be unpacked"},
      {folder.write("flipped.zip", flipped), "flipped.zip/a.csv: it cannot be unpacked"},
      {secret, "secret.zip/a.csv: it cannot be unpacked: No password provided"},
      {bomb, "bomb.csv.gz: it unpacks to more than 200 times its size"},
  };
  for (const auto& [path, fault] : cases) {
    EXPECT_THAT(test::errorOf([&] { UnpackedFiles({path}, {.bytes = 100'000}); }),
                HasSubstr(fault));
  }
  EXPECT_EQ(std::filesystem::file_size(UnpackedFiles({bomb}).paths().front()), 1'000'000u);
}

TEST(PackedFiles, AreNoInputsIfTheyAreNotThere) {
  const test::TemporaryFolder folder;
  const auto archive = writeZip(folder.path() / "packed.zip", {{"a.csv", answers}});
  EXPECT_TRUE(isInput(archive));
  EXPECT_TRUE(isInput(archive / "a.csv"));
  EXPECT_TRUE(isInput(folder.path()));
  EXPECT_FALSE(isInput(folder.path() / "a.csv"));
  EXPECT_FALSE(isInput("csv"));
}

}  // namespace
}  // namespace canvass
